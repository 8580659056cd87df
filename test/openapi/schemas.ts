import { Validator, type Schema } from '@cfworker/json-schema'
import { openApiDocument } from '../../openapi/document.ts'

export const description = openApiDocument()

/**
 * What a value lacks to be as a schema of the description says, by a validator of JSON Schema
 * 2020-12.
 */
export function faultsOf(schema: Schema, value: unknown): readonly string[] {
  const root = { ...schema, components: description.components }
  const { errors } = new Validator(root, '2020-12', false).validate(value)
  return errors.map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`)
}

/** What a reference of the description stands for, or the thing itself. */
export function resolved<Thing extends object>(thing: Thing | { readonly $ref: string }): Thing {
  if (!('$ref' in thing)) return thing
  let place: unknown = description
  for (const step of thing.$ref.slice(2).split('/')) place = Object(place)[step]
  return Object(place)
}
