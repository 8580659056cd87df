import { applyLine, type Application } from './apply-line.ts'
import { rowOf, type BatchState } from './batch-state.ts'
import { checkLine } from './check-line.ts'
import type { Line } from './line.ts'
import { missingRow } from './line-errors.ts'
import { rowsOf } from './lookups.ts'
import { include } from './maps.ts'
import type { PendingWrites } from './pending-writes.ts'
import type { LineError, WritableLists } from './sync-types.ts'

/** What becomes of a line. */
export type LineResult = {
  readonly line: Line
  readonly result:
    | 'created'
    | 'updated'
    | 'unchanged'
    | 'outdated'
    | 'removed'
    | readonly LineError[]
}

export type Rules = {
  readonly lists: WritableLists
  readonly ifNewer: boolean
  /** Nothing is applied after a line that is refused. */
  readonly stopsAtError: boolean
}

/**
 * Applies lines in order.
 *
 * @returns what becomes of the first lines. The others have to wait for the next batch, because
 *   they depend on what these remove, or remove what these write.
 */
export function applyLines(
  application: Application,
  lines: readonly Line[],
  rules: Rules,
): LineResult[] {
  const results: LineResult[] = []
  const applied = new Set<string>()
  for (const line of lines) {
    const root = `${line.type.name} ${line.row.id}`
    if (dependsOnRemoved(application, line) || (line.removed && applied.has(root))) break
    applied.add(root)
    const result = resultOf(application, line, rules)
    results.push({ line, result })
    if (typeof result !== 'string' && rules.stopsAtError) break
  }
  return results
}

function resultOf(
  application: Application,
  line: Line,
  { lists, ifNewer }: Rules,
): LineResult['result'] {
  const { state, writes } = application
  if (line.removed) return remove(state, writes, line)
  const errors = checkLine(state, line, lists)
  if (errors.length > 0) return errors
  if (ifNewer && isOutdated(state, line)) return 'outdated'
  return applyLine(application, line)
}

/** Removes the row. One that is not there, or not the token's, leaves everything as it is. */
function remove(state: BatchState, writes: PendingWrites, line: Line): LineResult['result'] {
  const { table, id } = line.row
  const row = rowOf(state, table, id)
  if (!row?.exists || !row.isWritable) return 'unchanged'
  if (!row.isRemovable) return [missingRow(table, id, '/id', false)]
  row.exists = false
  include(writes.removed, table.name, id)
  return 'removed'
}

/** Whether the row has changed, or was deleted, after the time that the line gives. */
function isOutdated(state: BatchState, { type, row }: Line): boolean {
  const position = row.table.positions.get('updated_at')
  const given = position === undefined ? undefined : row.values[position]
  if (position === undefined || typeof given !== 'string') return false
  const stored = rowOf(state, row.table, row.id)
  const updatedAt = stored?.exists ? stored.values[position] : undefined
  if (typeof updatedAt === 'string' && updatedAt > given) return true
  const deletedAt = state.deletedAt.get(`${type.name} ${row.id}`)
  return deletedAt !== undefined && deletedAt > given
}

/** Removing one of these removes rows that the batch does not know. */
const REMOVES_UNKNOWN_ROWS: readonly string[] = [
  'account_lists',
  'designation_accounts',
  'donor_accounts',
]

/**
 * Whether a line speaks of something that earlier lines of the batch remove. The statements of a
 * batch write before they remove.
 */
function dependsOnRemoved({ state, writes: { removed } }: Application, line: Line): boolean {
  if (removed.size === 0 || line.removed) return false
  if (REMOVES_UNKNOWN_ROWS.some((table) => removed.has(table))) return true
  if (removed.get(line.type.name)?.has(line.row.id)) return true
  const contacts = removed.get('contacts')
  if (!contacts) return false
  const people = new Set(
    [...contacts].flatMap((id) => (state.members.get(id) ?? []).map(({ personId }) => personId)),
  )
  const isGone = (id: unknown): boolean =>
    typeof id === 'string' && (contacts.has(id) || people.has(id))
  for (const { table, id } of rowsOf(line)) {
    const stored = rowOf(state, table, id)
    const isOwned =
      stored?.table.columns.some(
        ({ isRequired, references }, position) =>
          isRequired && references !== undefined && isGone(stored.values[position]),
      ) === true
    if (isGone(id) || isOwned) return true
  }
  return false
}
