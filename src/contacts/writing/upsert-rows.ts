import { sql, type SQL } from 'drizzle-orm'
import type { StateRow } from './batch-state.ts'
import { jsonChunks } from './json-chunks.ts'
import type { RowTable } from './row-tables.ts'

/**
 * Inserts rows, or updates those that are there. A column that only some lines give stays as it is
 * in the other rows: a text of marks in each row says which are given.
 */
export function upsertRows(table: RowTable, rows: readonly StateRow[]): SQL[] {
  if (rows.length === 0) return []
  const isComplete = rows.some(({ isMadeAgain }) => isMadeAgain)
  const columns = table.columns
    .map((column, position) => ({ ...column, position }))
    .filter(
      ({ isRequired, position }) =>
        isComplete || isRequired || rows.some(({ given }) => given.has(position)),
    )
  const isMixed = columns.some(({ position }) => rows.some((row) => !isGiven(row, position)))

  const name = sql.raw(table.name)
  const selected = columns.map(({ name: column, position }, index) => {
    const value = `g.value ->> ${index + 2}`
    return rows.every((row) => isGiven(row, position))
      ? value
      : `iif(t.id is null or substr(g.value ->> 1, ${index + 1}, 1) = '1', ${value}, t."${column}")`
  })
  const names = columns.map(({ name: column }) => `"${column}"`)
  const join = isMixed ? sql`left join ${name} as t on t.id = g.value ->> 0` : sql``
  const conflict =
    names.length === 0
      ? sql`do nothing`
      : sql.raw(
          `do update set ${names.map((column) => `${column} = excluded.${column}`).join(', ')}
          where ${names
            .map((column) => `${table.name}.${column} is not excluded.${column}`)
            .join(' or ')}`,
        )
  return jsonChunks(rows, (row) => [
    row.id,
    columns.map(({ position }) => (isGiven(row, position) ? '1' : '0')).join(''),
    ...columns.map(({ position }) => storable(row.values[position])),
  ]).map(
    (json) => sql`insert into ${name} (${sql.raw(['id', ...names].join(', '))})
      select ${sql.raw(['g.value ->> 0', ...selected].join(', '))}
      from json_each(${json}) as g ${join} where true
      on conflict (id) ${conflict}`,
  )
}

/** A value that is not known stays as it is. */
const storable = (value: StateRow['values'][number]) =>
  typeof value === 'object' || value === undefined ? null : value

/** Whether a column of a row is written, and not left as it is. */
const isGiven = ({ isStored, isMadeAgain, given }: StateRow, position: number): boolean =>
  !isStored || isMadeAgain || given.has(position)
