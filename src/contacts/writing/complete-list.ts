import { sql, type SQL } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import type { NamedIds } from './named-ids.ts'
import type { CompleteOptions, Removal, RunRecord, SyncCounts } from './sync-types.ts'

/** By default so much of a list may be removed, and so many rows in any case. */
const MOST_REMOVED_SHARE = 0.1
const MOST_REMOVED_ROWS = 10

/** The ids that one statement compares, and the rows that one statement removes. */
const COMPARED_IDS = 10_000
const REMOVED_ROWS = 500

/** How many rows may be removed. It depends on the rows of the list before the run. */
export async function mostRemovals(
  database: Database,
  { type, accountListId, maxRemovals }: CompleteOptions,
): Promise<number> {
  if (maxRemovals !== undefined) return maxRemovals
  const [found] = await database.all<{ rows: number }>(
    sql`select count(*) as rows from ${sql.raw(type)} where account_list_id = ${accountListId}`,
  )
  return Math.max(MOST_REMOVED_ROWS, (found?.rows ?? 0) * MOST_REMOVED_SHARE)
}

export type Completion = {
  readonly database: Database
  readonly complete: CompleteOptions
  readonly dryRun: boolean
  readonly record: RunRecord
  readonly named: NamedIds
  /** Why the body may not be whole. */
  readonly truncated: string | undefined
  readonly most: number
}

/**
 * Removes the rows of the list that the body does not name, if they are not too many. Behind the
 * last id of a body that may not be whole nothing is removed.
 *
 * @returns what was removed; the counts with it
 */
export async function removeUnnamed(
  completion: Completion,
  counts: SyncCounts,
): Promise<{
  readonly removal: Removal
  readonly counts: SyncCounts
  readonly isTooMany: boolean
}> {
  const { database, complete, dryRun, record, most } = completion
  const truncated = completion.named.hasUnknown
    ? 'The id of a line could not be read. It may be the id of any row, so that none is removed.'
    : completion.truncated
  const gaps = completion.named.hasUnknown ? [] : gapsOf(completion)
  const type = sql.raw(complete.type)

  let unnamed = 0
  for (const gap of gaps) {
    const [found] = await database.all<{ rows: number }>(
      sql`select count(*) as rows from ${type} where ${gap}`,
    )
    unnamed += found?.rows ?? 0
  }
  const isTooMany = unnamed > most
  if (isTooMany || unnamed === 0 || dryRun) {
    const removed = isTooMany ? 0 : unnamed
    const next = { ...counts, removed: counts.removed + removed }
    return { removal: { unnamed, removed, truncated }, counts: next, isTooMany }
  }

  let removed = 0
  const countsNow = (): SyncCounts => ({ ...counts, removed: counts.removed + removed })
  for (const gap of gaps) {
    for (let found = REMOVED_ROWS; found === REMOVED_ROWS;) {
      const rows = await database.all<{ id: string }>(
        sql`select id from ${type} where ${gap} order by id limit ${REMOVED_ROWS}`,
      )
      found = rows.length
      if (found === 0) break
      removed += found
      const ids = JSON.stringify(rows.map(({ id }) => id))
      const counting = record.countStatements(countsNow())
      await database.retry(() =>
        database.runAll([
          sql`delete from ${type} where id in (select value from json_each(${ids}))
            and account_list_id = ${complete.accountListId}`,
          ...counting,
        ]),
      )
    }
  }
  return { removal: { unnamed, removed, truncated }, counts: countsNow(), isTooMany }
}

/** The conditions of the rows that the body does not name, in stretches of ids. */
function gapsOf({ complete, named: { ids }, truncated }: Completion): SQL[] {
  const inList = sql`account_list_id = ${complete.accountListId}`
  const gaps: SQL[] = []
  let after = ''
  for (let start = 0; start < ids.length; start += COMPARED_IDS) {
    const stretch = ids.slice(start, start + COMPARED_IDS)
    const last = stretch.at(-1) ?? ''
    gaps.push(sql`${inList} and id > ${after} and id <= ${last}
      and id not in (select value from json_each(${JSON.stringify(stretch)}))`)
    after = last
  }
  return truncated === undefined ? [...gaps, sql`${inList} and id > ${after}`] : gaps
}
