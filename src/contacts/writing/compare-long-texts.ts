import { sql, type SQL } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { rowOf, type BatchState } from './batch-state.ts'
import type { Line } from './line.ts'
import { rowsOf } from './lookups.ts'
import type { RowTable } from './row-tables.ts'
import { unionAll } from './union-all.ts'
import { byteLength } from './value-schemas.ts'

/** Given texts whose stored counterparts are as long. */
type Doubt = {
  readonly table: RowTable
  readonly position: number
  readonly texts: { readonly id: string; readonly text: string }[]
}

type Equal = { kind: number; place: number }

/**
 * Compares long texts where they are stored, since they are not read. A stored text that a line
 * gives is then known.
 */
export async function compareLongTexts(
  database: Database,
  state: BatchState,
  lines: readonly Line[],
): Promise<void> {
  const doubts = doubtsOf(state, lines)
  const all = unionAll(
    doubts.map(({ table, position, texts }, index): SQL => {
      const column = sql.raw(`t."${table.columns[position]?.name}"`)
      const given = JSON.stringify(texts.map(({ id, text }) => [id, text]))
      return sql`select ${sql.raw(String(index))} as kind, g.key as place from json_each(${given}) as g
        cross join ${sql.raw(table.name)} as t on t.id = g.value ->> 0
        where ${column} = g.value ->> 1`
    }),
  )
  if (!all) return
  for (const { kind, place } of await database.all<Equal>(all)) {
    const doubt = doubts[kind]
    const equal = doubt?.texts[place]
    const row = doubt && equal && rowOf(state, doubt.table, equal.id)
    if (row) row.values[doubt.position] = equal.text
  }
}

function doubtsOf(state: BatchState, lines: readonly Line[]): Doubt[] {
  const doubts = new Map<string, Doubt>()
  for (const line of lines) {
    for (const { table, id, values } of rowsOf(line)) {
      const stored = rowOf(state, table, id)
      if (!stored) continue
      for (const [position, known] of stored.values.entries()) {
        const text = values[position]
        if (typeof known !== 'object' || known === null || typeof text !== 'string') continue
        if (byteLength(text) !== known.bytes) continue
        const key = `${table.name} ${position}`
        const doubt = doubts.get(key) ?? { table, position, texts: [] }
        doubt.texts.push({ id, text })
        doubts.set(key, doubt)
      }
    }
  }
  return [...doubts.values()]
}
