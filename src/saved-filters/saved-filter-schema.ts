import * as z from 'zod'
import { asJsonObject, type JsonObject } from '../contacts/filter/values/json-values.ts'
import type { Filter } from '../contacts/filter/filter.ts'
import { readFilter } from '../contacts/filter/read-filter.ts'
import { requestedSort } from '../contacts/reading/requested-sort.ts'
import { requestedColumns } from '../contacts/requested-columns.ts'
import { fileFormats } from '../formats/file-formats.ts'
import { openApiMetadata } from '../openapi-metadata.ts'

/** How long a name may be, in characters. */
const NAME_CHARACTERS = 100

/** A user may have a hundred saved filters, which are listed together. */
const FILTER_BYTES = 32_768

const NAME = `The name must be a text of 1 to ${NAME_CHARACTERS} characters, without line breaks.`

const name = z
  .string({ error: NAME })
  .transform((text) => text.normalize('NFC').trim())
  .refine((text) => text !== '' && Array.from(text).length <= NAME_CHARACTERS, { error: NAME })
  .refine((text) => !/\p{Cc}|\p{Cs}/u.test(text), { error: NAME })
  .register(openApiMetadata, {
    schema: { type: 'string', minLength: 1, maxLength: NAME_CHARACTERS },
  })

/** Every format and variant of files, as the names of kept files end: `csv`, `bom.csv`. */
const savedFormats: readonly string[] = fileFormats.flatMap(({ extension, variants }) =>
  [extension].concat(variants.map((variant) => `${variant.name}.${extension}`)),
)

const format = z
  .enum(savedFormats, { error: `The format must be one of ${savedFormats.join(', ')}.` })
  .nullish()
  .register(openApiMetadata, {
    schema: { anyOf: [{ type: 'string', enum: savedFormats }, { type: 'null' }] },
  })

/** A filter that was read: the object to store, and what it means. */
type SavedFilterValue = { readonly sent: JsonObject; readonly filter: Filter }

/**
 * A filter to save.
 *
 * @param today the UTC day, `2022-01-12`
 */
export const savedFilterValue = (today: string) =>
  z
    .unknown()
    .transform((input, context): SavedFilterValue => {
      const refuse = (message: string, ...path: string[]) => {
        context.issues.push({ code: 'custom', message, path, input })
        return z.NEVER
      }
      const read = readFilter(input, today)
      if ('problems' in read) {
        for (const { key, detail } of read.problems) {
          refuse(detail, ...(key === undefined ? [] : [key]))
        }
        return z.NEVER
      }
      const sent = asJsonObject(input ?? null) ?? {}
      const bytes = new TextEncoder().encode(JSON.stringify(sent)).length
      if (bytes > FILTER_BYTES) {
        return refuse(
          `A saved filter must not be larger than ${FILTER_BYTES} bytes of JSON; this has ${bytes}.`,
        )
      }
      return { sent, filter: read.filter }
    })
    .optional()

/** The keys of columns, `null` for none. */
const columns = z
  .unknown()
  .transform((input, context) => {
    const { data, error } = requestedColumns.safeParse(input)
    if (!error) return data?.map(({ key }) => key) ?? null
    for (const { message } of error.issues) {
      context.issues.push({ code: 'custom', message, input })
    }
    return z.NEVER
  })
  .optional()
  .register(openApiMetadata, {
    schema: { anyOf: [openApiMetadata.get(requestedColumns)?.schema ?? {}, { type: 'null' }] },
  })

/** A sort as it was sent, `null` for none. */
const sort = z
  .unknown()
  .transform((input, context) => {
    const { error } = requestedSort.safeParse(input)
    if (!error) return typeof input === 'string' && input !== '' ? input : null
    for (const { message } of error.issues) {
      context.issues.push({ code: 'custom', message, input })
    }
    return z.NEVER
  })
  .optional()
  .register(openApiMetadata, {
    schema: { anyOf: [openApiMetadata.get(requestedSort)?.schema ?? {}, { type: 'null' }] },
  })

const object = 'must be an object'

/**
 * The attributes of a saved filter, as a client sends them; `null` takes a choice back.
 *
 * @param filter reads the filter
 */
export const savedFilterAttributes = <FilterSchema extends z.ZodType>(filter: FilterSchema) =>
  z.strictObject(
    { name: name.optional(), filter, columns, sort, format },
    { error: ({ code }) => (code === 'invalid_type' ? `The attributes ${object}.` : undefined) },
  )

/** The document of a request that makes or changes a saved filter. */
export const savedFilterRequestSchema = <Attributes extends z.ZodType>(attributes: Attributes) =>
  z.object(
    {
      data: z.object(
        {
          type: z
            .unknown()
            .optional()
            .register(openApiMetadata, { schema: { const: 'saved_filters' }, required: true }),
          id: z
            .guid({ error: 'The id must be a UUID.' })
            .transform((id) => id.toLowerCase())
            .optional(),
          attributes: attributes.optional(),
        },
        { error: `The data ${object} of type 'saved_filters'.` },
      ),
    },
    { error: `The body ${object}: a JSON:API document with a member 'data'.` },
  )
