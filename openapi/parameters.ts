import * as z from 'zod'
import { formatParameters as variants, variantFlag } from '../src/export-files/requested-format.ts'
import { NAME_PARAMETER } from '../src/export-files/requested-name.ts'
import { fileOptionNames, fileOptions } from '../src/export-logs/file-options.ts'
import { documentQuery } from '../src/export-logs/log-document.ts'
import { listQuery } from '../src/export-logs/log-list-query.ts'
import { LINK_PARAMETERS } from '../src/auth/signed-link.ts'
import { sentFilter } from './filter.ts'
import type { Parameter } from './operation.ts'
import { schemaOf, schemaRef, type Schema } from './schemas.ts'

type QueryName = keyof typeof listQuery | (typeof LINK_PARAMETERS)[number]

const descriptions: Readonly<Record<QueryName, string>> = {
  'fields[export_logs]': 'The members of a log to return, separated by commas.',
  include: 'The related resources to include, separated by commas.',
  'filter[type]': 'Only logs of these types.',
  'page[after]': 'The next page, from `links.next` of a page.',
  'page[before]': 'The previous page, from `links.prev` of a page.',
  'page[size]': 'How many logs a page has, at the most.',
  expires: 'Of a signed link: when it expires, in seconds since 1970.',
  user: 'Of a signed link: its user.',
  signature: 'Of a signed link, in place of a token.',
}

const query = (name: QueryName, schema: z.ZodType): Parameter =>
  queryParameter(name, descriptions[name], schema)

/** A parameter of the query string, by the schema that reads it. */
export const queryParameter = (name: string, description: string, schema: z.ZodType): Parameter =>
  parameterOf(name, description, memberSchemas(z.object({ form: schema }))['form'] ?? {})

const parameterOf = (name: string, description: string, schema: Schema): Parameter => ({
  name,
  in: 'query',
  description,
  schema,
  ...(schema['type'] === 'array' && { style: 'form', explode: false }),
})

const memberSchemas = (object: z.ZodObject): Readonly<Record<string, Schema>> =>
  z.record(z.string(), z.record(z.string(), z.unknown())).parse(schemaOf(object)['properties'])

const queries = (shape: Readonly<Partial<Record<QueryName, z.ZodType>>>): readonly Parameter[] =>
  Object.keys(descriptions)
    .filter((name) => isQueryName(name))
    .flatMap((name) => {
      const schema = shape[name]
      return schema ? [query(name, schema)] : []
    })

const isQueryName = (name: string): name is QueryName => Object.hasOwn(descriptions, name)

/** What a document of logs is asked for. */
export const documentParameters = () => queries(documentQuery)

export const listParameters = () => queries(listQuery)

/** What a file is asked for, and what makes a link a signed one. */
export const fileParameters = () => [
  ...formatParameters(),
  nameParameter,
  ...LINK_PARAMETERS.map((name) => query(name, z.string())),
]

/** The name under which a person saves a file. */
export const nameParameter: Parameter = {
  name: NAME_PARAMETER,
  in: 'query',
  description:
    'The name to save the file under, with or without its extension. Characters that are no part ' +
    'of the name of a file are replaced, and a long name is cut.',
  schema: { type: 'string' },
  example: 'contacts smith-office 2026-11-26 1405',
}

/** The parameters that ask for a variant of a format. */
export const formatParameters = (): readonly Parameter[] =>
  Array.from(variants, ([name, description]) =>
    queryParameter(name, `\`true\` ${description}. It makes another file.`, variantFlag),
  )

/** What a query string says of a file or a preview: the options that are members of params, too. */
export const optionParameters = (): readonly Parameter[] => {
  const schemas = memberSchemas(fileOptions)
  return fileOptionNames.map((name) => {
    const { description, ...schema } = schemas[name] ?? {}
    return parameterOf(name, String(description), schema)
  })
}

export const filterParameter = (): Parameter => ({
  name: 'filter',
  in: 'query',
  description:
    'As `filter[status]=active&filter[ids][]=…&filter[donation_amount_range][min]=5`, or all of ' +
    'it as JSON, `filter={"status":"active"}`. In a list, `filter[tags]=a,b`, items are ' +
    'separated by commas. Unknown parameters and keys are a 400.',
  style: 'deepObject',
  explode: true,
  schema: schemaRef(sentFilter),
})

/** Of which account lists values are suggested. */
export const scopeParameter: Parameter = {
  name: 'filter[account_list_id]',
  in: 'query',
  description: 'Only of these account lists, by their ids; without it, of all that may be read.',
  style: 'form',
  explode: false,
  schema: { type: 'array', items: { type: 'string', format: 'uuid' } },
}

export const savedFilterIdParameter: Parameter = {
  name: 'id',
  in: 'path',
  required: true,
  description: 'The id of the saved filter, a UUID.',
  schema: { type: 'string', format: 'uuid' },
  example: '0b1ba012-c41d-4534-b1c9-f7295dec6aa5',
}

export const idParameter: Parameter = {
  name: 'id',
  in: 'path',
  required: true,
  description: 'The id of the log, a UUID.',
  schema: { type: 'string', format: 'uuid' },
  example: '0b1ba012-c41d-4534-b1c9-f7295dec6aa5',
}

const condition = (name: string, description: string, example: string): Parameter => ({
  name,
  in: 'header',
  description,
  schema: { type: 'string' },
  example,
})

/** The request headers that a kept file heeds (RFC 9110, 13 and 14). */
export const conditions: readonly Parameter[] = [
  condition('Range', 'A range of a kept file. Several ranges are the whole file.', 'bytes=0-499'),
  condition(
    'If-Range',
    'The `ETag` or `Last-Modified` that the file must have for a range.',
    '"e3b0c442"',
  ),
  condition('If-None-Match', 'The `ETag` that the client has already: a 304.', '"e3b0c442"'),
  condition('If-Match', 'The `ETag` that the file must have, else a 412.', '"e3b0c442"'),
  condition(
    'If-Modified-Since',
    'A 304 when the file is no newer.',
    'Tue, 24 Nov 2026 05:27:17 GMT',
  ),
  condition('If-Unmodified-Since', 'A 412 when it is newer.', 'Tue, 24 Nov 2026 05:27:17 GMT'),
]
