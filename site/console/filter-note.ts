import { snakeCase } from '../../src/contacts/filter/values/json-values.ts'
import { made } from './dom.ts'
import { counted } from './words.ts'

/** A longer text is shown when it is asked for. */
const LONGEST = 120

/**
 * What a filter selects: short values as they are, long ones as a count or a beginning that can be
 * opened.
 */
export function filterNote(filter: unknown): HTMLElement {
  const entries = isObject(filter) ? Object.entries(filter) : [['Filter', filter] as const]
  const short: string[] = []
  const long: HTMLElement[] = []
  for (const [key, value] of entries) {
    const items = itemsOf(value)
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    const ticked = TICKED[snakeCase(key)]
    if (ticked)
      long.push(details(ticked(counted(items.length, 'ticked contact', 'ticked contacts')), items))
    else if (text.length <= LONGEST) short.push(`${key}: ${text}`)
    else if (items.length > 1)
      long.push(details(`${key}: ${counted(items.length, 'value', 'values')}`, items))
    else long.push(details(`${key}: ${text.slice(0, LONGEST)} …`, [text]))
  }
  if (entries.length === 0) short.push('Active contacts')
  const line = short.length > 0 ? [made('p', {}, short.join('; '))] : []
  return made('div', { className: 'quiet' }, ...line, ...long)
}

/** Keys whose values are ids, which tell people nothing. */
const TICKED: Readonly<Record<string, (contacts: string) => string>> = {
  ids: (contacts) => contacts,
  not_ids: (contacts) => `All but ${contacts}`,
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The items of a list, which may be a text separated by commas. */
function itemsOf(value: unknown): string[] {
  const items = Array.isArray(value) ? value.map(String) : String(value).split(',')
  return [...new Set(items.map((item) => item.trim()))].filter((item) => item !== '')
}

/** A line that shows all of its items, in a box of limited height, when it is opened. */
function details(line: string, items: readonly string[]): HTMLDetailsElement {
  const all = made('pre', { tabIndex: 0, role: 'region', ariaLabel: line })
  const one = made('details', {}, made('summary', {}, line), all)
  one.addEventListener('toggle', () => {
    all.textContent = one.open ? items.join('\n') : ''
  })
  return one
}
