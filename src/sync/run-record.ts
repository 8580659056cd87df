import { and, eq, sql } from 'drizzle-orm'
import type { LineFailure, RunRecord, SyncCounts } from '../contacts/writing/sync-types.ts'
import type { Database } from '../db/client.ts'
import { syncLeases, syncRuns } from '../db/schema/index.ts'
import { databaseTime } from '../db/stored-time.ts'
import { leaseTaken, takeLeases } from './leases.ts'
import { shownRun, type RunState, type ShownRun } from './sync-run.ts'

/** A run whose body comes slowly says that it is alive after so long. */
const RENEWAL_MILLISECONDS = 20_000

/** The most renewals of a request, which may make 1,000 queries. Batches renew as well. */
const MAXIMUM_RENEWALS = 20

export type RecordedRun = RunRecord & {
  /** Renews the run, if that is due. To be called while the body comes. */
  readonly progressed: () => Promise<void>
}

/** What a run keeps of itself in D1 while its lines are written. */
export function recordedRun(
  database: Database,
  {
    id,
    dryRun,
    leases,
  }: { readonly id: string; readonly dryRun: boolean; readonly leases: readonly string[] },
  keepFailures: (failures: readonly LineFailure[]) => Promise<void>,
): RecordedRun {
  const held = new Set(leases)
  let renewals = 0
  let renewedAt = Date.now()
  return {
    async admit(accountListIds) {
      const wanted = accountListIds.filter((list) => !held.has(list))
      if (dryRun || wanted.length === 0) return
      const taken = await database.retry(() => takeLeases(database, id, wanted))
      if (taken.length < wanted.length) throw leaseTaken()
      for (const list of wanted) held.add(list)
    },

    keepFailures,

    countStatements(counts) {
      renewedAt = Date.now()
      return [countsOfRun(database, id, counts, held.size)]
    },

    async progressed() {
      if (Date.now() < renewedAt + RENEWAL_MILLISECONDS || renewals === MAXIMUM_RENEWALS) return
      renewals += 1
      renewedAt = Date.now()
      await database.retry(() =>
        database.update(syncRuns).set({ renewedAt: databaseTime() }).where(isRunning(id)),
      )
    },
  }
}

/**
 * The query that records the counts of a run and renews it. It fails, and with it the batch, when
 * the run is not running any more or another one has taken a lease: then its state is NULL.
 */
const countsOfRun = (database: Database, id: string, counts: SyncCounts, leases: number) =>
  database
    .update(syncRuns)
    .set({
      ...counts,
      renewedAt: databaseTime(),
      state: sql`case when ${syncRuns.state} = 'running' and ${leases} = (
        select count(*) from ${syncLeases} where ${syncLeases.runId} = ${id}) then 'running' end`,
    })
    .where(eq(syncRuns.id, id))

/** Whether an error says that a run may not write any more ({@link countsOfRun}). */
export const hasLostLease = (error: unknown): boolean =>
  error instanceof Error && (error.message.includes('sync_runs.state') || hasLostLease(error.cause))

/**
 * Records how a run ended, and ends its leases.
 *
 * @returns the run; `undefined` when it was not running any more
 */
export async function endRun(
  database: Database,
  id: string,
  state: Exclude<RunState, 'running'>,
  counts?: SyncCounts,
): Promise<ShownRun | undefined> {
  const [, , [run]] = await database.retry(() =>
    database.batch([
      database
        .update(syncRuns)
        .set({ ...counts, state, endedAt: databaseTime() })
        .where(isRunning(id)),
      database.delete(syncLeases).where(eq(syncLeases.runId, id)),
      database.select(shownRun).from(syncRuns).where(eq(syncRuns.id, id)),
    ]),
  )
  return run?.state === state ? run : undefined
}

const isRunning = (id: string) => and(eq(syncRuns.id, id), eq(syncRuns.state, 'running'))
