import { sql, type SQL } from 'drizzle-orm'
import { listsExpression } from './load-state.ts'
import type { Line } from './line.ts'
import { lookupsOf } from './lookups.ts'
import { ROW_TABLES } from './row-tables.ts'
import type { WritableLists } from './sync-types.ts'

/**
 * The statement that fails the transaction of a batch when the token may not write a row that the
 * lines give or refer to. What was read beforehand may have changed since.
 */
export function guardStatement(lines: readonly Line[], lists: WritableLists): SQL[] {
  if (lists.all) return []
  const { rowIds } = lookupsOf(lines, false)
  const removedIds = lookupsOf(
    lines.filter(({ removed }) => removed),
    false,
  ).rowIds
  const foreign = ROW_TABLES.flatMap(({ name, isWritable, isRemovable }) => {
    const rows = rowsThatAreNot(name, rowIds.get(name), isWritable)
    if (isRemovable === isWritable) return rows
    return rows.concat(rowsThatAreNot(name, removedIds.get(name), isRemovable))
  })
  return [
    sql`with ${sql.join(listsExpression(lists), sql`, `)} insert into sync_guard (foreign_rows) select 1
      where ${sql.join(foreign, sql` or `)}`,
  ]
}

const rowsThatAreNot = (
  table: string,
  ids: ReadonlySet<string> | undefined,
  condition: string,
): SQL[] =>
  ids && ids.size > 0
    ? [
        sql`exists (select 1 from json_each(${JSON.stringify([...ids])}) as g
          cross join ${sql.raw(table)} as t on t.id = g.value where not (${sql.raw(condition)}))`,
      ]
    : []
