import * as z from 'zod'

/** What a value looks like when it is sent, in the words of JSON Schema 2020-12. */
export type SentForm = { readonly [keyword: string]: unknown }

/**
 * The forms of values whose readers take anything and look at it themselves, so that their schemas do not tell. They are
 * for the OpenAPI document: the canonical spellings, not every one that is read. With an `id`, the form stands in the document
 * once, under that name.
 */
export const sentForms = z.registry<{
  readonly id?: string
  readonly form?: SentForm
  /** The member must be there, though its reader takes its absence, to tell of it in its own way. */
  readonly required?: true
  readonly description?: string
  readonly examples?: readonly unknown[]
}>()
