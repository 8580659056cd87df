import * as z from 'zod'
import {
  filterKeyNames,
  keyDescriptions,
  schemaOf as readerOf,
} from '../src/contacts/filter/keys/keys.ts'
import { fileOptions } from '../src/export-logs/file-options.ts'
import { logRequestSchema } from '../src/export-logs/log-request-schema.ts'
import { openApiMetadata } from '../src/openapi-metadata.ts'
import {
  savedFilterAttributes,
  savedFilterRequestSchema,
} from '../src/saved-filters/saved-filter-schema.ts'
import { labelOptionMembers } from './label-options.ts'
import { schemaOf, schemaRef, type Schema } from './schemas.ts'

const RULES = [
  'Which contacts. A contact must match all keys; with `any_filter`, one of them. Without `status`',
  'and `ids` only active contacts are selected, with `reverse_status` besides only hidden ones.',
  'Keys may be written `pledge_amount`, `pledgeAmount` or `pledge-amount`. `reverse_<key>` selects',
  "what the key does not. An unknown key is ignored and named in the log's `meta.ignored_filters`.",
  'Where the response is a preview or a file at once, it is a 400. An invalid value is a 400, and',
  'so is a repeated member. Words are accepted in any letter case. A list holds at most 200',
  'different items, 50 different tags, and any number of ids. All times are in UTC.',
].join(' ')

export const exampleFilter = { status: 'active', newsletter: 'address' }

/** The filter, by the readers of its keys. */
export function filterSchema(): Schema {
  const keys = Object.entries(keyDescriptions).map(([name, { selects, example, values = [] }]) => {
    const among = values.length > 0 ? ` Words: ${values.join(', ')}.` : ''
    const description = `Contacts ${selects}.${among}`
    return [name, { ...readerSchema(name), description, examples: [example] }]
  })
  const reversed = filterKeyNames.map((name) => [
    `reverse_${name}`,
    { ...schemaRef('Flag'), description: `Contacts that \`${name}\` would not select.` },
  ])
  return {
    type: 'object',
    description: RULES,
    properties: Object.fromEntries([...keys, ...reversed]),
    additionalProperties: true,
    examples: [exampleFilter],
  }
}

/** Readers with an id are referred to, and so stand among the named schemas. */
function readerSchema(name: string): Schema {
  const reader = readerOf(name)
  if (!reader) throw new Error(`'${name}' is no key of the filter.`)
  return schemaOf(reader)
}

const text = z.string().register(openApiMetadata, {
  schema: {
    type: 'string',
    contentMediaType: 'application/json',
    description: 'The same as a text.',
  },
})

/** A filter as it is sent: an object, or that object as a text. */
export const sentFilter = z
  .union([z.unknown().register(openApiMetadata, { schema: schemaRef('Filter') }), text])
  .register(openApiMetadata, { id: 'SentFilter' })

/** The body of a `POST`: `params` is read by hand, and so described by hand. */
export const logRequest = logRequestSchema(
  z
    .union([
      z.looseObject({ filter: sentFilter.optional(), ...fileOptions.shape, ...labelOptionMembers }),
      text,
    ])
    .register(openApiMetadata, { id: 'Params' }),
).register(openApiMetadata, { id: 'ExportLogRequest' })

/** The body of a request that makes or changes a saved filter. */
export const savedFilterRequest = savedFilterRequestSchema(
  savedFilterAttributes(sentFilter.optional()),
).register(openApiMetadata, { id: 'SavedFilterRequest' })
