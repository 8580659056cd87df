import { and, asc, desc, eq, gt, gte, lt, lte, sql, type SQL } from 'drizzle-orm'
import type { SyncGrant } from '../auth/token-claims.ts'
import type { Database } from '../db/client.ts'
import { syncRuns } from '../db/schema/index.ts'
import { notFound } from '../http/errors.ts'
import type { RequestedPage } from '../http/json-api/pages.ts'
import { shownRun, type ShownRun } from './sync-run.ts'

/** Whose runs are read: those of the same user that could not write more than this token may. */
export type RunReader = { readonly userId: string; readonly grant: SyncGrant }

const isVisible = ({ userId, grant: { accountListIds } }: RunReader): SQL | undefined =>
  and(
    eq(syncRuns.userId, userId),
    accountListIds &&
      sql`${syncRuns.accountListIds} is not null and not exists (
        select 1 from json_each(${syncRuns.accountListIds})
        where value not in (select value from json_each(${JSON.stringify(accountListIds)})))`,
  )

/**
 * A run that the caller may read.
 *
 * @throws HttpError 404, with the same text for one that does not exist and one of somebody else
 */
export async function readRun(
  database: Database,
  id: string,
  reader: RunReader,
): Promise<ShownRun> {
  const [run] = await database
    .select(shownRun)
    .from(syncRuns)
    .where(and(eq(syncRuns.id, id), isVisible(reader)))
  if (run) return run
  throw notFound({ detail: `Resource 'SyncRun' with id '${id}' does not exist.` })
}

export type RunPage = {
  readonly runs: readonly ShownRun[]
  readonly hasNewer: boolean
  readonly hasOlder: boolean
}

/** A page of the runs that the caller may read, newest first. */
export async function listRuns(
  database: Database,
  reader: RunReader,
  { size, after, before }: RequestedPage,
): Promise<RunPage> {
  const [place] = before ?? after ?? []
  const isBeyond = compared(before ? gt : lt, place, sql`true`)
  const isNotBeyond = compared(before ? lte : gte, place, sql`false`)
  const direction = before ? asc : desc
  const [found, others] = await database.batch([
    database
      .select(shownRun)
      .from(syncRuns)
      .where(and(isVisible(reader), isBeyond))
      .orderBy(direction(syncRuns.position))
      .limit(size + 1),
    database
      .select({ id: syncRuns.id })
      .from(syncRuns)
      .where(and(isVisible(reader), isNotBeyond))
      .limit(1),
  ])
  const runs = found.slice(0, size)
  const hasMore = found.length > runs.length
  const hasOthers = others.length > 0
  return {
    runs: before ? runs.toReversed() : runs,
    hasNewer: before ? hasMore : hasOthers,
    hasOlder: before ? hasOthers : hasMore,
  }
}

const compared = (operator: typeof gt, place: string | undefined, otherwise: SQL): SQL =>
  place === undefined ? otherwise : operator(syncRuns.position, place)
