import {
  listsOf,
  type GivenMember,
  type GivenPairs,
  type GivenPeople,
  type GivenRow,
  type GivenRows,
  type Line,
} from './line.ts'
import type { Given, GivenObject } from './line-schema.ts'
import type { LineType, RowList } from './line-types.ts'
import type { RowTable } from './row-tables.ts'
import type { Value } from './value-schemas.ts'

/** What a line says of itself. */
type LineHead = {
  readonly number: number
  readonly text: string
  readonly type: LineType
  readonly id: string
  readonly removed: boolean
}

/** The line, of attributes that are valid. */
export function lineOf(
  { number, text, type, id, removed }: LineHead,
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

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0)

const isValue = (given: Given): given is Value | undefined => !Array.isArray(given)
const isText = (item: string | GivenObject): item is string => typeof item === 'string'
const isGivenObject = (item: string | GivenObject): item is GivenObject => !isText(item)
const textOf = (given: Given): string => (typeof given === 'string' ? given : '')
const itemsOf = (given: Given): readonly (string | GivenObject)[] | undefined =>
  typeof given === 'object' && given !== null ? given : undefined
