import * as z from 'zod'

/** A schema in the words of JSON Schema 2020-12. */
export type JsonSchema = { readonly [keyword: string]: unknown }

/**
 * What the OpenAPI document says of a zod schema beside its own checks. A reader that takes
 * `unknown` and checks it by itself has its JSON Schema here: the canonical spellings, not every
 * one that is accepted. A schema with an `id` is a component of the document.
 */
export const openApiMetadata = z.registry<{
  readonly id?: string
  readonly schema?: JsonSchema
  /** The member is required, though its reader accepts `undefined` to word the error itself. */
  readonly required?: true
  readonly description?: string
  readonly examples?: readonly unknown[]
}>()
