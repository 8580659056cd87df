import { sql, type SQL } from 'drizzle-orm'
import type { Database } from '../db/client.ts'
import { syncLeases, syncRuns } from '../db/schema/index.ts'
import { selectedRow } from '../db/selected-row.ts'
import { HttpError } from '../http/errors.ts'
import { isAlive } from './sync-run.ts'

/** When a sender may try again whose account list is being written by another run. */
const RETRY_SECONDS = 15

export const leaseTaken = () =>
  new HttpError(
    409,
    'Conflict',
    [
      {
        detail:
          'Another run is writing an account list of this one. ' +
          `Send the lines again in ${RETRY_SECONDS} seconds.`,
      },
    ],
    { 'Retry-After': String(RETRY_SECONDS) },
  )

/**
 * The query that takes the leases of account lists for a run, or keeps those that it has. It can be
 * run twice.
 *
 * @param condition under which it takes any
 * @returns the account lists whose leases it has; those of other live runs are missing
 */
export const takeLeases = (
  database: Database,
  runId: string,
  accountListIds: readonly string[],
  condition: SQL = sql`true`,
) =>
  database
    .insert(syncLeases)
    .select(
      sql`select ${selectedRow(syncLeases, { accountListId: sql`value`, runId })}
        from json_each(${JSON.stringify(accountListIds)}) where ${condition}`,
    )
    .onConflictDoUpdate({
      target: syncLeases.accountListId,
      set: { runId: sql`excluded.run_id` },
      setWhere: sql`${syncLeases.runId} = excluded.run_id or not exists (
        select 1 from ${syncRuns} where ${syncRuns.id} = ${syncLeases.runId} and ${isAlive})`,
    })
    .returning({ accountListId: syncLeases.accountListId })
