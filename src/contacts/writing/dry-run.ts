import { createHash } from 'node:crypto'
import type { LineResult } from './apply-lines.ts'
import type { BatchState, StateRow } from './batch-state.ts'
import type { Line } from './line.ts'
import { LINE_TYPES } from './line-types.ts'
import { rowTableOf } from './row-tables.ts'

/** What the earlier batches of a dry run would have written. */
export type Imagined = {
  /** By table: the rows that they would have made or removed. */
  readonly rows: ReadonlyMap<string, Map<string, 'made' | 'removed'>>
  /** By type and id: the digest of the last line that would have been written. */
  readonly lines: Map<string, string>
}

/** The tables whose rows other lines refer to. */
const TABLES = LINE_TYPES.map(({ name }) => name)

export const nothingImagined = (): Imagined => ({
  rows: new Map(TABLES.map((name) => [name, new Map()])),
  lines: new Map(),
})

/** Adds to the state what earlier batches of a dry run would have written. */
export function addImagined(state: BatchState, imagined: Imagined, now: string): void {
  for (const [name, rows] of imagined.rows) {
    if (rows.size === 0) continue
    const table = rowTableOf(name)
    const known = state.rows.get(name)
    for (const [id, what] of rows) {
      const found = known?.get(id)
      if (what === 'made' && !found) known?.set(id, imaginedRow(table, id))
      if (what === 'removed') {
        if (found) found.exists = false
        state.deletedAt.set(`${name} ${id}`, now)
      }
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

/**
 * The results of a dry run. A line that says the same as the line of its row before changes
 * nothing, but the database does not have what that one would have written.
 */
export const withRepeats = (
  imagined: Imagined,
  results: readonly LineResult[],
): readonly LineResult[] =>
  results.map(({ line, result }) => ({
    line,
    result: result === 'updated' && isRepeated(imagined, line) ? 'unchanged' : result,
  }))

/** Notes what a batch of a dry run would have written. */
export function noteImagined(
  state: BatchState,
  imagined: Imagined,
  results: readonly LineResult[],
): void {
  for (const [name, rows] of imagined.rows) {
    for (const [id, { exists, isStored }] of state.rows.get(name) ?? []) {
      if (exists && !isStored) rows.set(id, 'made')
      if (!exists) rows.set(id, 'removed')
    }
  }
  for (const { line, result } of results) {
    if (typeof result === 'string' && result !== 'outdated') {
      imagined.lines.set(keyOf(line), digestOf(line))
    }
  }
}

const isRepeated = (imagined: Imagined, line: Line): boolean =>
  imagined.lines.get(keyOf(line)) === digestOf(line)

const keyOf = ({ type, row }: Line): string => `${type.name} ${row.id}`
const digestOf = ({ text }: Line): string => createHash('sha256').update(text).digest('base64url')
