import * as z from 'zod'
import { keyDescriptions } from '../../src/contacts/filter/keys/keys.ts'
import { openApiDocument } from '../../openapi/document.ts'
import { code, table } from './table.ts'

/** What the value of a key is, by the schema that the OpenAPI document refers to. */
const KINDS: Readonly<Record<string, string>> = {
  Flag: 'flag',
  Ids: 'list of ids',
  List: 'list',
  Numbers: 'list of numbers',
  Range: 'range of days',
  Tags: 'list',
  YesOrNo: '`Yes` or `No`',
}

const schema = z.looseObject({
  $ref: z.string().optional(),
  type: z.string().optional(),
  enum: z.array(z.string()).optional(),
  anyOf: z
    .array(
      z.looseObject({
        type: z.unknown(),
        items: z.looseObject({ enum: z.array(z.string()).optional() }).optional(),
      }),
    )
    .optional(),
})

const schemas = () =>
  z.record(z.string(), schema).parse(openApiDocument().components.schemas.Filter.properties)

/** Every key of the filter, from the lists in the code. */
export function filterTable(): string {
  const properties = schemas()
  return table(
    ['key', 'value', 'example', 'selects contacts', 'can be reversed'],
    Object.entries(keyDescriptions).map(([key, { selects, example }]) => [
      code(key),
      kindOf(properties[key]),
      code(JSON.stringify(example)),
      selects,
      Object.hasOwn(properties, `reverse_${key}`) ? 'yes' : 'no',
    ]),
  )
}

/** The words that keys accept, from the lists in the code. */
export function wordsTable(): string {
  const properties = schemas()
  const rows = Object.entries(keyDescriptions).flatMap(([key, { values }]) => {
    const words = values ?? wordsOf(properties[key])
    return words ? [[code(key), words.map(code).join(', ')]] : []
  })
  return table(['key', 'words'], rows)
}

const wordsOf = (value: z.output<typeof schema> | undefined): readonly string[] | undefined =>
  value?.enum ?? value?.anyOf?.find(({ items }) => items?.enum)?.items?.enum

function kindOf(value: z.output<typeof schema> | undefined): string {
  const name = value?.$ref?.replace(/.*\//, '')
  if (name !== undefined) return KINDS[name] ?? name
  if (value?.enum) return 'one word'
  if (value?.anyOf?.some(({ type }) => type === 'array')) return 'list'
  if (value?.anyOf?.some(({ type }) => type === 'integer')) return 'days, or two with `_`'
  return value?.type === 'object' ? 'range of amounts' : 'text'
}
