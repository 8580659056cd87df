import { sql, type SQL } from 'drizzle-orm'
import type { BatchState, StateRow } from './batch-state.ts'
import { jsonChunks } from './json-chunks.ts'
import { PAIR_LISTS, ROW_LISTS } from './line-types.ts'
import { addValues, removeRows, removeValues } from './list-statements.ts'
import { removeMembers, upsertMembers } from './member-statements.ts'
import type { PendingWrites } from './pending-writes.ts'
import { ROW_TABLES, type RowTable } from './row-tables.ts'
import { upsertRows } from './upsert-rows.ts'

/**
 * The statements that make the database what the lines of a batch have made of the state. Rows are
 * written before others are removed, so that what has moved to another owner stays. They can be run
 * twice.
 */
export function writeStatements(state: BatchState, writes: PendingWrites, newId: () => string) {
  return [
    ...ROW_TABLES.flatMap((table) => upsertRows(table, changedRows(state, table))),
    ...upsertMembers(state),
    ...PAIR_LISTS.flatMap((list) => addValues(list, state, newId)),
    ...PAIR_LISTS.flatMap((list) => removeValues(list, state)),
    ...removeMembers(state, writes),
    ...ROW_LISTS.flatMap((list) => removeRows(list, state, writes)),
    ...ROW_TABLES.flatMap((table) => removeRoots(table, writes)),
  ]
}

/** In the order of the ids, in which the database stores them. */
const changedRows = (state: BatchState, { name }: RowTable): StateRow[] =>
  [...(state.rows.get(name)?.values() ?? [])]
    .filter(({ exists, isChanged }) => exists && isChanged)
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))

/** The rows that lines remove go with what they own, by the foreign keys and triggers. */
const removeRoots = ({ name }: RowTable, { removed }: PendingWrites): SQL[] =>
  jsonChunks([...(removed.get(name) ?? [])], (id) => id).map(
    (json) => sql`delete from ${sql.raw(name)} where id in (select value from json_each(${json}))`,
  )
