import { snakeCase } from '../../../src/contacts/filter/values/json-values.ts'
import type { FilterValues } from '../form-state.ts'
import { dayForm, listForm, numberForm } from '../texts/forms.ts'
import { textOf } from '../text-of.ts'
import { counted, language, text, textIfAny, type TextKey } from '../texts/texts.ts'
import type { AccountLists } from './account-lists.ts'
import { filterControl, type FilterControl } from './filter-controls.ts'
import { itemsOf } from './filter-items.ts'
import { keyLabel, wordLabel } from './filter-labels.ts'
import { daysOfRange } from './periods.ts'

/** So many values are named, and texts of this length; of more their number is told. */
const MOST_NAMED = 4
const LONGEST = 120

/**
 * A filter as a person says it: the account lists, then the rest in one phrase, such as
 * `Partner – Financial, newsletter: by post`.
 */
export function filterSentence(sent: FilterValues, lists: AccountLists): readonly string[] {
  const filter = new Map(Object.entries(sent).map(([key, value]) => [snakeCase(key), value]))
  const isSet = (key: string) => String(filter.get(key)) === 'true'
  const scope = itemsOf(filter.get('account_list_id')).map(
    (id) => lists.name(id) ?? text('filter.unknownList'),
  )
  const phrases = [...filter]
    .filter(([key, value]) => !isModifier(key) && itemsIn(value))
    .map(([key, value]) => {
      const told = phraseOf(key, value, isSet('any_tags'))
      return isSet(`reverse_${key}`) ? text('filter.not', { filter: told }) : told
    })
  const isDefault = !filter.has('status') && !filter.has('ids') && !isSet('any_filter')
  const all = isDefault ? [text(defaultText(isSet('reverse_status'))), ...phrases] : phrases
  const told = all.join(', ')
  return [
    ...(scope.length > 0 ? [namedOrCounted([...new Set(scope)])] : []),
    isSet('any_filter') ? text('filter.anyOf', { filters: told }) : told,
  ]
}

const defaultText = (isReversed: boolean): TextKey =>
  isReversed ? 'word.status.hidden' : 'filter.activeOnly'

const isModifier = (key: string): boolean =>
  key.startsWith('reverse_') || ['account_list_id', 'any_filter', 'any_tags'].includes(key)

const itemsIn = (value: unknown): boolean =>
  value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)

function phraseOf(key: string, value: unknown, isAnyTag: boolean): string {
  const control = filterControl(key)
  if (key === 'ids') return counted('filter.tickedIds', itemsOf(value).length)
  if (key === 'not_ids') return counted('filter.notTickedIds', itemsOf(value).length)
  const told = valueText(control, key, value)
  if (key === 'status') return told
  if (key === 'tags' && isAnyTag && itemsOf(value).length > 1) {
    return `${keyLabel(key)} (${text('control.anyOf')}): ${told}`
  }
  const short = textIfAny(`short.${key}`)
  if (short !== undefined) return short.replace('{value}', inSentence(told))
  return control?.kind === 'yesNo' && /^yes$/i.test(String(value))
    ? keyLabel(key)
    : `${keyLabel(key)}: ${told}`
}

function valueText(control: FilterControl | undefined, key: string, value: unknown): string {
  switch (control?.kind) {
    case 'flag':
    case 'yesNo':
      return text(/^(true|yes)$/i.test(String(value)) ? 'control.yes' : 'control.no')
    case 'dates': {
      const { from, to } = daysOfRange(value)
      if (from === to) return dayForm(from)
      return `${from && dayForm(from)} – ${to && dayForm(to)}`.trim()
    }
    case 'amounts': {
      const { min, max } = Object(value)
      return [amountText(min), amountText(max)].join(' – ').trim()
    }
    case 'days':
      return textOf(value).replace('_', ' – ')
    case 'text':
      return `“${shortened(textOf(Object(value).wildcard_note_search ?? value))}”`
    default:
      return control === undefined && typeof value === 'object'
        ? shortened(JSON.stringify(value))
        : namedOrCounted(itemsOf(value).map((item) => shortened(wordLabel(key, item))))
  }
}

/** German nouns keep their capital letters. */
const inSentence = (told: string): string => (language === 'de' ? told : told.toLocaleLowerCase())

const amountText = (value: unknown): string =>
  value === undefined ? '' : typeof value === 'number' ? numberForm(value) : textOf(value)

const namedOrCounted = (items: readonly string[]): string =>
  items.length > MOST_NAMED ? counted('filter.values', items.length) : listForm(items)

const shortened = (told: string): string =>
  told.length > LONGEST ? `${told.slice(0, LONGEST)} …` : told
