import { hasStatus, KEYS, readStatuses, type Asked, type Test } from './keys.ts'
import { addressesOf, giftsOf, peopleOf, tasksOf } from './rows-of.ts'
import { readJson } from './json.ts'
import { bad, isAbsentFor, isObject, readFlag, readItems, snake } from './values.ts'
import type { Contact, World } from './world.ts'

export type Outcome =
  | { names: string[] }
  | { badKeys: (string | undefined)[] }
  | { missingList: string }

type GivenKey = { name: string; test: Test; reversed: boolean }

/**
 * What a filter selects, from the page on filters, read literally and evaluated over arrays: slow, plain, and written
 * without a look at the SQL.
 */
export function evaluate(world: World, userId: string, filter: unknown, today: string): Outcome {
  const { value: object, twice } =
    typeof filter === 'string' ? parsed(filter) : { value: filter ?? {}, twice: [] }
  if (twice.length > 0) return { badKeys: twice }
  if (!isObject(object)) return { badKeys: [undefined] }

  const given = new Map<string, unknown>()
  const badKeys: string[] = []
  for (const [key, value] of Object.entries(object)) {
    const name = snake(key)
    if (!isKnown(name)) continue
    if (given.has(name)) badKeys.push(key)
    else given.set(name, value)
  }
  const readable = world.account_list_users
    .filter((row) => row.user_id === userId)
    .map((row) => row.account_list_id)
  const wanted = readItems(given.get('account_list_id'))
  const lists = Array.isArray(wanted) ? wanted.map((id) => id.toLowerCase()) : readable
  const flag = (name: string): boolean => readFlag(given.get(name)) === true
  const asked: Asked = {
    world,
    today,
    lists,
    given,
    anyTags: flag('any_tags'),
    historic: flag('address_historic'),
  }

  const keys: GivenKey[] = []
  for (const [sent, value] of Object.entries(object)) {
    const name = snake(sent)
    if (!isKnown(name) || isAbsentFor(name, value)) continue
    const test = KEYS[name]?.(value, asked)
    const isBad =
      test === bad ||
      (name === 'account_list_id' && wanted === bad) ||
      (/^(reverse|any)_/.test(name) && readFlag(value) === bad)
    if (isBad) badKeys.push(sent)
    if (test && test !== bad) keys.push({ name, test, reversed: flag(`reverse_${name}`) })
  }
  if (badKeys.length > 0) return { badKeys }
  const missingList = lists.find((id) => !readable.includes(id))
  if (missingList !== undefined) return { missingList }

  const anyFilter = flag('any_filter') && keys.length > 0
  const selected = world.contacts.filter(
    (contact) =>
      lists.includes(contact.account_list_id) &&
      !isGone(world, contact) &&
      (anyFilter
        ? keys.some((key) => holdsAlone(key, contact, asked))
        : allHold(keys, contact, asked)),
  )
  return { names: selected.toSorted(inFileOrder).map(({ name }) => name) }
}

const isKnown = (name: string): boolean =>
  ['account_list_id', 'any_filter', 'any_tags'].includes(name) ||
  Object.hasOwn(KEYS, name.replace(/^reverse_/, ''))

function parsed(text: string): { value: unknown; twice: string[] } {
  if (text.trim() === '') return { value: {}, twice: [] }
  try {
    const { value, twice } = readJson(text)
    return { value: value ?? {}, twice }
  } catch {
    return { value: undefined, twice: [] }
  }
}

/** All keys hold, those of a group by one row, unless one of the group is reversed; and the default. */
function allHold(keys: readonly GivenKey[], contact: Contact, asked: Asked): boolean {
  const needsDefault = !keys.some(({ name }) => name === 'status' || name === 'ids')
  const isReversed = readFlag(asked.given.get('reverse_status')) === true
  if (needsDefault && !hasStatus([isReversed ? 'hidden' : 'active'], contact)) return false
  const together: Test[] = []
  for (const key of keys) {
    const kinds = (['address', 'gift', 'task'] as const).filter((kind) => key.test[kind])
    const apart = kinds.some((kind) => keys.some((other) => other.test[kind] && other.reversed))
    if (key.reversed || apart) {
      if (!holdsAlone(key, contact, asked)) return false
    } else together.push(key.test)
  }
  return holdTogether(together, contact, asked)
}

function holdsAlone({ name, test, reversed }: GivenKey, contact: Contact, asked: Asked): boolean {
  if (!reversed) return holdTogether([test], contact, asked)
  return name === 'status' ? statusReversed(contact, asked) : !holdTogether([test], contact, asked)
}

/** What the tests say of the contact, and for each kind of row one row that satisfies all. */
function holdTogether(tests: readonly Test[], contact: Contact, asked: Asked): boolean {
  const { world, lists } = asked
  if (!tests.every((test) => test.contact?.(contact) ?? true)) return false
  const ofAddress = tests.flatMap(({ address }) => address ?? [])
  const ofGift = tests.flatMap(({ gift }) => gift ?? [])
  const ofTask = tests.flatMap(({ task }) => task ?? [])
  return (
    oneSatisfies(ofAddress, () => addressesOf(world, contact)) &&
    oneSatisfies(ofGift, () => giftsOf(world, lists, contact)) &&
    oneSatisfies(ofTask, () => tasksOf(world, lists, contact))
  )
}

const oneSatisfies = <Row>(tests: readonly ((row: Row) => boolean)[], rows: () => Row[]): boolean =>
  tests.length === 0 || rows().some((row) => tests.every((test) => test(row)))

function statusReversed(contact: Contact, { given }: Asked): boolean {
  const words = readStatuses(given.get('status'))
  if (!Array.isArray(words)) return false
  if (words.includes('active') || words.includes('null')) {
    const others = words.filter((word) => word !== 'active' && word !== 'null')
    return hasStatus(['hidden', ...others], contact)
  }
  return words.includes('hidden')
    ? hasStatus(['null', ...words.filter((word) => word !== 'hidden')], contact)
    : !hasStatus(words, contact)
}

const inFileOrder = (a: Contact, b: Contact): number =>
  byCodePoints(a.name, b.name) || byCodePoints(a.id, b.id)

/** All of its people are deceased. */
function isGone(world: World, contact: Contact): boolean {
  const people = peopleOf(world, contact)
  return people.length > 0 && people.every(({ deceased }) => deceased === 1)
}

function byCodePoints(a: string, b: string): number {
  const [left, right] = [Array.from(a), Array.from(b)]
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const difference = (left[at]?.codePointAt(0) ?? -1) - (right[at]?.codePointAt(0) ?? -1)
    if (difference !== 0) return difference
  }
  return 0
}
