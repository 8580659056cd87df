import { and, eq, sql } from 'drizzle-orm'
import type { SyncGrant } from '../auth/token-claims.ts'
import type { Database } from '../db/client.ts'
import { syncLeases, syncRuns } from '../db/schema/index.ts'
import { databaseTime } from '../db/stored-time.ts'
import { conflict } from '../http/errors.ts'
import type { FailuresOf } from '../storage/failure-parts.ts'
import { leaseTaken, takeLeases } from './leases.ts'

/** What is known of a run before its first line. */
export type NewRun = {
  readonly id: string
  readonly userId: string
  readonly grant: SyncGrant
  readonly dryRun: boolean
  /** The account lists that it holds from the start. */
  readonly leases: readonly string[]
}

/**
 * Records a run and takes its first leases.
 *
 * @returns the run, as its objects in R2 are named after it
 * @throws HttpError 409 when the id is taken, or another run holds a lease
 */
export async function startRun(database: Database, run: NewRun): Promise<FailuresOf> {
  const { id, userId, grant, dryRun, leases } = run
  const position = `${String(Date.now()).padStart(15, '0')}.${crypto.randomUUID()}`
  const record = {
    id,
    userId,
    position,
    accountListIds: grant.accountListIds ? JSON.stringify(grant.accountListIds) : null,
    state: 'running',
    dryRun,
  }
  const isOwn = sql`exists (select 1 from ${syncRuns}
    where ${syncRuns.id} = ${id} and ${syncRuns.position} = ${position})`
  const [[started], taken] = await database.retry(() =>
    database.batch([
      database
        .insert(syncRuns)
        .values(record)
        .onConflictDoUpdate({
          target: syncRuns.id,
          set: { renewedAt: databaseTime() },
          setWhere: eq(syncRuns.position, position),
        })
        .returning({ id: syncRuns.id, startedAt: syncRuns.startedAt }),
      takeLeases(database, id, leases, isOwn),
    ]),
  )
  if (!started) {
    throw conflict({
      detail: `The run '${id}' exists already. Show it, or send the lines under another id.`,
      source: { parameter: 'run' },
    })
  }
  if (taken.length === leases.length) return started
  await forgetRun(database, id)
  throw leaseTaken()
}

/** Deletes a run that has done nothing, and its leases, so that its id can be used again. */
export const forgetRun = (database: Database, id: string) =>
  database.retry(() =>
    database.batch([
      database.delete(syncLeases).where(eq(syncLeases.runId, id)),
      database.delete(syncRuns).where(and(eq(syncRuns.id, id), eq(syncRuns.linesDone, 0))),
    ]),
  )
