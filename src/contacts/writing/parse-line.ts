import type * as z from 'zod'
import {
  listsOf,
  type GivenMember,
  type GivenPairs,
  type GivenPeople,
  type GivenRow,
  type GivenRows,
  type Line,
  type UnreadableLine,
} from './line.ts'
import { badLine, type LineProblem } from './line-errors.ts'
import { lineSchema, type Given, type GivenObject } from './line-schema.ts'
import { LINE_TYPES, type LineType, type RowList } from './line-types.ts'
import type { RowTable } from './row-tables.ts'
import type { LineError } from './sync-types.ts'
import type { Value } from './value-schemas.ts'

/** The most rows that a line names, and the most items of its lists, with texts and ids. */
const MOST_ROWS = 10_000
const MOST_ITEMS = 27_000

/** The most errors of a line. */
const MOST_ERRORS = 20

type Parser = { readonly type: LineType; readonly schema: ReturnType<typeof lineSchema> }

const PARSERS: ReadonlyMap<string, Parser> = new Map(
  LINE_TYPES.map((type) => [type.name, { type, schema: lineSchema(type) }]),
)

/** Whether the text of a line is JSON, and an object. */
export function readJson(text: string): GivenJson | undefined {
  try {
    const json: unknown = JSON.parse(text)
    return isObject(json) ? json : undefined
  } catch {
    return undefined
  }
}

export type GivenJson = Readonly<Record<string, unknown>>

/** Reads a line. @param json of its text; undefined where that is not a JSON object */
export function parseLine(
  number: number,
  text: string,
  json: GivenJson | undefined,
): Line | UnreadableLine {
  if (!json) {
    return refused(number, text, null, [{ detail: 'The line is not a JSON object.', path: [] }])
  }
  const { id, type } = json
  const shownId = typeof id === 'string' && id.length <= 100 ? id : null
  const refuse = (problems: readonly LineProblem[]) => refused(number, text, shownId, problems)

  const parser = typeof type === 'string' ? PARSERS.get(type) : undefined
  if (!parser) {
    const detail = `The type of a line must be one of ${[...PARSERS.keys()].join(', ')}.`
    return refuse([{ detail, path: ['type'] }])
  }
  if (countItems(json['attributes']) > MOST_ITEMS) {
    return refuse([{ detail: `The lists of a line have at most ${MOST_ITEMS} items.`, path: [] }])
  }
  // zod ignores this name, which has a meaning in JavaScript.
  if (text.includes('__proto__') && namesPrototype(json)) {
    return refuse([{ detail: "'__proto__' is not a member of a line.", path: ['attributes'] }])
  }
  const parsed = parser.schema.safeParse(json)
  if (!parsed.success) return refuse(problemsOf(parsed.error))
  const { attributes, removed = false } = parsed.data
  if (removed && attributes) {
    return refuse([{ detail: 'A line that removes has no attributes.', path: ['attributes'] }])
  }
  const line = lineOf(number, text, parser.type, parsed.data.id, removed, attributes ?? {})
  const problems = problemsOfRows(line)
  return problems.length > 0 ? refuse(problems) : line
}

function lineOf(
  number: number,
  text: string,
  type: LineType,
  id: string,
  removed: boolean,
  attributes: GivenObject,
): Line {
  const pairs = listsOf(type.lists, 'pairs').flatMap((list): GivenPairs[] => {
    const items = itemsOf(attributes[list.member])?.filter(isText)
    if (!items) return []
    const pointer = `/attributes/${list.member}`
    return [{ list, owner: id, items, values: [...new Set(items)], pointer }]
  })
  const people = peopleOf(type, attributes)
  const rowLists = [
    ...rowListsOf(listsOf(type.lists, 'rows'), id, attributes, '/attributes'),
    ...(people?.members.flatMap(({ lists }) => lists) ?? []),
  ]
  const size =
    1 +
    sum(pairs.map(({ values }) => values.length)) +
    sum(rowLists.map(({ rows }) => rows.length)) +
    2 * (people?.members.length ?? 0)
  const row = { table: type.table, id, values: valuesOf(type.table, attributes), pointer: '' }
  return { number, text, type, row, removed, pairs, rowLists, people, size }
}

function peopleOf(type: LineType, attributes: GivenObject): GivenPeople | undefined {
  const [list] = listsOf(type.lists, 'people')
  const items = list && itemsOf(attributes[list.member])
  if (!list || !items) return undefined
  const members = items.filter(isGivenObject).map((item, index): GivenMember => {
    const pointer = `/attributes/${list.member}/${index}`
    const person = rowOf(list.table, item, pointer)
    const isPrimary = item['is_primary']
    return {
      person,
      isPrimary: typeof isPrimary === 'number' ? isPrimary : undefined,
      lists: rowListsOf(list.lists, person.id, item, pointer),
    }
  })
  return { list, members }
}

const rowListsOf = (
  lists: readonly RowList[],
  owner: string,
  members: GivenObject,
  pointer: string,
): GivenRows[] =>
  lists.flatMap((list) => {
    const items = itemsOf(members[list.member])
    if (!items) return []
    const rows = items
      .filter(isGivenObject)
      .map((item, index) =>
        rowOf(list.table, { ...item, [list.owner]: owner }, `${pointer}/${list.member}/${index}`),
      )
    return [{ list, owner, rows }]
  })

const rowOf = (table: RowTable, members: GivenObject, pointer: string): GivenRow => ({
  table,
  id: textOf(members['id']),
  values: valuesOf(table, members),
  pointer,
})

const valuesOf = ({ columns }: RowTable, members: GivenObject): (Value | undefined)[] =>
  columns.map(({ name }) => {
    const given = members[name]
    return isValue(given) ? given : undefined
  })

/** No row may be named twice, and there is a limit to their number. */
function problemsOfRows(line: Line): LineProblem[] {
  const rows = [
    ...line.rowLists.flatMap((given) => given.rows),
    ...(line.people?.members.map(({ person }) => person) ?? []),
  ]
  if (rows.length > MOST_ROWS) {
    return [{ detail: `A line names at most ${MOST_ROWS} rows.`, path: [] }]
  }
  const seen = new Set<string>()
  const problems: LineProblem[] = []
  for (const { table, id, pointer } of rows) {
    const key = `${table.name} ${id}`
    if (seen.has(key)) {
      const detail = `The line names the ${table.title} '${id}' twice.`
      problems.push({ detail, pointer: `${pointer}/id` })
    }
    seen.add(key)
  }
  return problems
}

function problemsOf(error: z.ZodError): LineProblem[] {
  const problems: LineProblem[] = []
  for (const issue of error.issues) {
    if (problems.length >= MOST_ERRORS) break
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys.slice(0, MOST_ERRORS)) {
        problems.push({ detail: 'There is no such member.', path: [...issue.path, key] })
      }
    } else {
      problems.push({ detail: issue.message, path: issue.path })
    }
  }
  return problems
}

export const refused = (
  number: number,
  text: string,
  id: string | null,
  problems: readonly LineProblem[],
): UnreadableLine => ({
  number,
  text,
  id,
  errors: problems.slice(0, MOST_ERRORS).map((problem): LineError => badLine(problem)),
})

/** The items of all lists, also of those in the items of lists. */
function countItems(value: unknown): number {
  if (!isObject(value)) return 0
  let items = 0
  for (const member of Object.values(value)) {
    if (!Array.isArray(member)) continue
    items += member.length
    if (items > MOST_ITEMS) return items
    for (const item of member) {
      if (!isObject(item)) continue
      for (const list of Object.values(item)) items += Array.isArray(list) ? list.length : 0
    }
  }
  return items
}

/** Whether an object of a line, or of a list of it, has a member of that name. */
function namesPrototype(value: unknown): boolean {
  const waiting: unknown[] = [value]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next !== 'object' || next === null) continue
    if (Object.hasOwn(next, '__proto__')) return true
    for (const member of Object.values(next)) {
      if (typeof member === 'object' && member !== null) waiting.push(member)
    }
  }
  return false
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0)

const isObject = (value: unknown): value is GivenJson =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isValue = (given: Given): given is Value | undefined => !Array.isArray(given)
const isText = (item: string | GivenObject): item is string => typeof item === 'string'
const isGivenObject = (item: string | GivenObject): item is GivenObject => !isText(item)
const textOf = (given: Given): string => (typeof given === 'string' ? given : '')
const itemsOf = (given: Given): readonly (string | GivenObject)[] | undefined =>
  typeof given === 'object' && given !== null ? given : undefined
