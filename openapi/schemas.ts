import * as z from 'zod'
import { openApiMetadata } from '../src/openapi-metadata.ts'

/** A schema in the words of JSON Schema 2020-12, as OpenAPI 3.1 takes it. */
export type Schema = { readonly [keyword: string]: unknown }

const PLACE = '#/components/schemas/'

/**
 * A schema under `components`, by its name or by the zod schema that has it in {@link
 * openApiMetadata}.
 */
export function schemaRef(named: string | z.ZodType): Schema {
  const id = typeof named === 'string' ? named : openApiMetadata.get(named)?.id
  if (id === undefined) throw new Error('A schema without an id cannot be referred to.')
  return { $ref: `${PLACE}${id}` }
}

/**
 * The JSON Schema of what a zod schema accepts; a part with an id of {@link openApiMetadata} is a
 * reference.
 */
export function schemaOf(schema: z.ZodType): Schema {
  if (openApiMetadata.get(schema)?.id !== undefined) return schemaRef(schema)
  const text = JSON.stringify(withoutFrame(z.toJSONSchema(schema, OPTIONS)))
  const parsed: Schema = JSON.parse(text.replaceAll('"#/$defs/', `"${PLACE}`))
  return parsed
}

/** All schemas that have an id, by it. */
export function namedSchemas(): Readonly<Record<string, Schema>> {
  const { schemas } = z.toJSONSchema(openApiMetadata, { ...OPTIONS, uri: (id) => `${PLACE}${id}` })
  return Object.fromEntries(
    Object.entries(schemas).map(([id, schema]) => [id, withoutFrame(schema)]),
  )
}

/** What a schema needs only when it stands alone. */
const withoutFrame = (schema: object): Schema =>
  Object.fromEntries(Object.entries(schema).filter(([keyword]) => !FRAME.has(keyword)))

const FRAME = new Set(['$schema', '$id', '$defs'])

const OPTIONS = {
  io: 'input',
  metadata: openApiMetadata,
  override: ({ zodSchema, jsonSchema }) => {
    const { schema } = openApiMetadata.get(zodSchema) ?? {}
    if (schema) {
      for (const keyword of Object.keys(jsonSchema)) delete jsonSchema[keyword]
      Object.assign(jsonSchema, schema)
    }
    // Readers do not need the names of zod, nor what a format or a type says already.
    delete jsonSchema.id
    if (jsonSchema.format !== undefined) delete jsonSchema.pattern
    if (jsonSchema.type === 'integer') withoutSafeBounds(jsonSchema)
    if (zodSchema instanceof z.ZodObject) {
      const demanded = Object.keys(zodSchema.shape).filter((name) => isDemanded(zodSchema, name))
      if (demanded.length > 0) {
        jsonSchema.required = [...new Set([...demanded, ...(jsonSchema.required ?? [])])]
      }
    }
  },
} satisfies z.core.ToJSONSchemaParams

function isDemanded({ shape }: z.ZodObject, name: string): boolean {
  const member = shape[name]
  return member !== undefined && openApiMetadata.get(member)?.required === true
}

function withoutSafeBounds(schema: z.core.JSONSchema.BaseSchema): void {
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum
}
