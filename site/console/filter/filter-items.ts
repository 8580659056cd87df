import { splitList } from '../../../src/contacts/filter/values/split-list.ts'
import { textOf } from '../text-of.ts'

/** The distinct items of a list in a filter, which may be a text separated by commas. */
export function itemsOf(value: unknown): string[] {
  if (value === undefined || value === null) return []
  const items = Array.isArray(value) ? value.map(textOf) : splitList(textOf(value))
  return [...new Set(items.map((item) => item.trim()))].filter((item) => item !== '')
}
