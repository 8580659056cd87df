import * as z from 'zod'
import { openApiMetadata } from '../openapi-metadata.ts'
import { columnByKey, type Column } from './columns.ts'

const KEYS = [...columnByKey.keys()]
const KNOWN = `The columns are ${KEYS.join(', ')}.`

/**
 * The columns that a file shall have, in order: an array of their keys, or a text of them separated
 * by commas. `undefined` where nothing is asked for.
 */
export const requestedColumns = z
  .union([z.string().transform((text) => text.split(',')), z.array(z.unknown())], {
    error:
      "'columns' must be an array of the keys of columns, or a text of them separated by commas. " +
      KNOWN,
  })
  .transform((items, context) => {
    const objections = objectionsTo(items)
    if (objections.length === 0) return items.flatMap((item) => columnOf(item) ?? [])
    for (const message of objections) {
      context.issues.push({ code: 'custom', message, input: items })
    }
    return z.NEVER
  })
  .nullish()
  .transform((columns): readonly Column[] | undefined => columns ?? undefined)
  .register(openApiMetadata, {
    schema: {
      type: 'array',
      items: { type: 'string', enum: KEYS },
      minItems: 1,
      uniqueItems: true,
      description:
        'The columns of the file, by their keys, in order. Without it, those of the kind of ' +
        'export.',
    },
  })

function columnOf(item: unknown): Column | undefined {
  return typeof item === 'string' ? columnByKey.get(item.trim()) : undefined
}

/** What is wrong with a list of columns. */
function objectionsTo(items: readonly unknown[]): readonly string[] {
  if (items.every((item) => typeof item === 'string' && item.trim() === '')) {
    return [`'columns' names no column. ${KNOWN}`]
  }
  const named = new Set<Column>()
  // A list with more items than there are columns has an invalid one among the first.
  return items.slice(0, KEYS.length + 1).flatMap((item) => {
    const column = columnOf(item)
    if (!column) return [`There is no column ${quoted(item)}. ${KNOWN}`]
    if (named.has(column)) return [`The column '${column.key}' is named twice. Name it once.`]
    named.add(column)
    return []
  })
}

const quoted = (item: unknown): string =>
  `'${typeof item === 'string' ? item.trim() : (JSON.stringify(item) ?? '')}'`
