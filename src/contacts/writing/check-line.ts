import { isThere, rowOf, type BatchState } from './batch-state.ts'
import type { GivenRow, Line } from './line.ts'
import { missingRow } from './line-errors.ts'
import { rowsOf } from './lookups.ts'
import { rowTableOf } from './row-tables.ts'
import type { LineError, WritableLists } from './sync-types.ts'

/** The most errors of a line. */
const MOST_ERRORS = 20

/**
 * What keeps a line from being written: rows that it gives or refers to and that the token may not
 * write, or that are not there.
 */
export function checkLine(state: BatchState, line: Line, lists: WritableLists): LineError[] {
  const errors: LineError[] = []
  const foreign: LineError[] = []
  const isNew = rowOf(state, line.type.table, line.row.id)?.exists !== true
  const lacksColumns = line.row.table.columns.some(
    ({ isRequired }, position) => isRequired && line.row.values[position] === undefined,
  )
  for (const row of rowsOf(line)) {
    const isIncomplete = row === line.row && lacksColumns
    if (isForeign(state, row, lists) || (isIncomplete && isNew)) {
      const error = missingRow(row.table, row.id, `${row.pointer}/id`, isIncomplete)
      if (isIncomplete) errors.push(error)
      else foreign.push(error)
    }
    errors.push(...missingReferences(state, row, line))
  }
  for (const { list, items, pointer } of line.pairs) {
    const { references } = list
    if (!references) continue
    for (const [index, id] of items.entries()) {
      if (isThere(state, references, id) || isItself(line, references.name, id)) continue
      errors.push(missingRow(references, id, `${pointer}/${index}`, false))
      if (errors.length >= MOST_ERRORS) return errors
    }
  }
  // An id that does not exist would be that of a new row. What else is wrong with the line is all
  // that is said of it, so that it is the same for both.
  return (errors.length > 0 ? errors : foreign).slice(0, MOST_ERRORS)
}

/** A token that is limited to account lists may not make others. */
const isForeign = (state: BatchState, { table, id }: GivenRow, lists: WritableLists): boolean =>
  rowOf(state, table, id)?.isWritable === false ||
  (table.name === 'account_lists' && !lists.all && !lists.ids.includes(id))

/** A line may refer to the row that it makes. */
const isItself = (line: Line, table: string, id: string): boolean =>
  line.row.table.name === table && line.row.id === id

/** The references of a row, apart from the one to its owner, which the line gives as well. */
function missingReferences(state: BatchState, row: GivenRow, line: Line): LineError[] {
  if (row !== line.row) return []
  return row.table.columns.flatMap(({ name, references }, position) => {
    const id = row.values[position]
    if (references === undefined || typeof id !== 'string') return []
    const table = rowTableOf(references)
    if (isThere(state, table, id)) return []
    return [missingRow(table, id, `/attributes/${name}`, false)]
  })
}
