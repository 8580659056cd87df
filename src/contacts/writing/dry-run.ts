import type { BatchState, StateRow } from './batch-state.ts'
import { LINE_TYPES } from './line-types.ts'
import { rowTableOf } from './row-tables.ts'

/** By table: the rows that a dry run has made or removed without writing it. */
export type ImaginedRows = ReadonlyMap<string, Map<string, 'made' | 'removed'>>

/** The tables whose rows other lines refer to. */
const TABLES = LINE_TYPES.map(({ name }) => name)

export const nothingImagined = (): ImaginedRows => new Map(TABLES.map((name) => [name, new Map()]))

/** Adds to the state what earlier batches of a dry run would have written. */
export function addImagined(state: BatchState, imagined: ImaginedRows): void {
  for (const [name, rows] of imagined) {
    if (rows.size === 0) continue
    const table = rowTableOf(name)
    const known = state.rows.get(name)
    for (const [id, what] of rows) {
      const found = known?.get(id)
      if (what === 'made' && !found) known?.set(id, imaginedRow(table, id))
      if (what === 'removed' && found) found.exists = false
    }
  }
}

/** Its values are not known, so that a line that gives any changes it. */
const imaginedRow = (table: StateRow['table'], id: string): StateRow => ({
  table,
  id,
  isStored: false,
  isWritable: true,
  isRemovable: true,
  exists: true,
  values: table.columns.map(() => undefined),
  given: new Set(),
  isChanged: false,
  isMadeAgain: false,
})

/** Notes what a batch of a dry run would have written. */
export function noteImagined(state: BatchState, imagined: ImaginedRows): void {
  for (const [name, rows] of imagined) {
    for (const [id, { exists, isStored }] of state.rows.get(name) ?? []) {
      if (exists && !isStored) rows.set(id, 'made')
      if (!exists) rows.set(id, 'removed')
    }
  }
}
