import { sql } from 'drizzle-orm'
import { syncRuns } from '../db/schema/index.ts'
import { databaseTime } from '../db/stored-time.ts'

/** A run that says nothing for so long has died, and its leases have ended. */
const LEASE_SECONDS = 60

/** The condition that a run is still under way. */
export const isAlive = sql`(${syncRuns.state} = 'running'
  and ${syncRuns.renewedAt} > ${databaseTime(LEASE_SECONDS)})`

/** `running`, or how a run ended. A run that has died shows as failed. */
export type RunState = 'running' | 'done' | 'stopped' | 'failed'

/** What a reader sees of a run. */
export const shownRun = {
  id: syncRuns.id,
  position: syncRuns.position,
  accountListIds: syncRuns.accountListIds,
  state: sql<RunState>`case when ${syncRuns.state} = 'running' and not ${isAlive}
    then 'failed' else ${syncRuns.state} end`.as('state'),
  dryRun: syncRuns.dryRun,
  startedAt: syncRuns.startedAt,
  endedAt: syncRuns.endedAt,
  lines: syncRuns.lines,
  linesDone: syncRuns.linesDone,
  created: syncRuns.created,
  updated: syncRuns.updated,
  unchanged: syncRuns.unchanged,
  outdated: syncRuns.outdated,
  removed: syncRuns.removed,
  failed: syncRuns.failed,
}

export type ShownRun = Pick<
  typeof syncRuns.$inferSelect,
  Exclude<keyof typeof shownRun, 'state'>
> & { readonly state: RunState }
