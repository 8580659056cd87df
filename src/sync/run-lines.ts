import { writeLines } from '../contacts/writing/write-lines.ts'
import type { Removal, SyncOptions, SyncOutcome } from '../contacts/writing/sync-types.ts'
import type { SyncGrant } from '../auth/token-claims.ts'
import type { Database } from '../db/client.ts'
import { badRequest, conflict, contentTooLarge, HttpError } from '../http/errors.ts'
import { logError, logEvent } from '../log.ts'
import { leaseTaken } from './leases.ts'
import { runFailures } from './run-failures.ts'
import type { ShownFailure } from './run-document.ts'
import { endRun, hasLostLease, recordedRun, type RecordedRun } from './run-record.ts'
import { forgetRun, startRun } from './start-run.ts'
import type { SyncBody } from './sync-body.ts'
import type { ShownRun } from './sync-run.ts'

export type RunOfLines = {
  readonly database: Database
  readonly bucket: R2Bucket
  readonly requestId: string
  readonly id: string
  readonly userId: string
  readonly grant: SyncGrant
  readonly options: SyncOptions
  /** @param progressed to be called while the body comes */
  readonly bodyOf: (progressed: RecordedRun['progressed']) => SyncBody
}

export type EndedRun = {
  readonly run: ShownRun
  readonly failures: readonly ShownFailure[]
  readonly removal: Removal | undefined
}

/**
 * Records a run, writes the lines of its body, and records how it ended.
 *
 * @throws HttpError 400, 409 or 413 when the body is refused; what came before is written. Errors of
 *   D1 and R2 that stay, and those of the connection: the run has failed, and the lines can be sent
 *   again.
 */
export async function runLines(request: RunOfLines): Promise<EndedRun> {
  const { database, bucket, id, userId, grant, options } = request
  const startedAt = Date.now()
  const leases = options.dryRun ? [] : leasesFromTheStart(grant, options)
  const run = await startRun(database, { id, userId, grant, dryRun: options.dryRun, leases })
  const failures = runFailures(bucket, run)
  const record = recordedRun(database, { ...run, dryRun: options.dryRun, leases }, failures.keep)
  const body = request.bodyOf(record.progressed)
  try {
    const outcome = await writeLines({
      database,
      body: body.lines,
      lists: grant.accountListIds ? { all: false, ids: grant.accountListIds } : { all: true },
      options,
      record,
    })
    await failures.end()
    const refusal = refusalOf(id, outcome)
    const state = outcome.end.state === 'refused' ? 'stopped' : outcome.end.state
    const ended = await endRun(database, id, state, outcome.counts)
    log(request, startedAt, ended)
    if (refusal) throw refusal
    if (!ended) throw leaseTaken()
    return { run: ended, failures: failures.shown(), removal: outcome.removal }
  } catch (thrown) {
    const error = body.fault() ?? (hasLostLease(thrown) ? leaseTaken() : thrown)
    await giveUp(request, error, failures.end)
    throw error
  }
}

/**
 * A run that can write one account list only holds its lease from the start. Another one takes the
 * lease of each account list when a batch touches it.
 */
function leasesFromTheStart(
  { accountListIds }: SyncGrant,
  { complete }: SyncOptions,
): readonly string[] {
  if (complete) return [complete.accountListId]
  return accountListIds?.length === 1 ? accountListIds : []
}

function refusalOf(id: string, { end, counts }: SyncOutcome): HttpError | undefined {
  if (end.state !== 'refused') return undefined
  const hint = counts.linesDone > 0 ? ` Run ${id} tells what has been written.` : ''
  const detail = `${end.detail}${hint}`
  switch (end.status) {
    case 400:
      return badRequest({ detail })
    case 409:
      return conflict({ detail })
    case 413:
      return contentTooLarge(detail)
    default:
      return end.status satisfies never
  }
}

/** Records that a run has failed, as far as that is possible. A run that did nothing is forgotten. */
async function giveUp(
  { database, requestId, id }: RunOfLines,
  error: unknown,
  storeFailures: () => Promise<void>,
): Promise<void> {
  try {
    if (error instanceof HttpError) {
      await storeFailures()
      await forgetRun(database, id)
    }
    await endRun(database, id, error instanceof HttpError ? 'stopped' : 'failed')
  } catch (fault) {
    logError('run_not_ended', fault, { request_id: requestId, run: id })
  }
  if (!(error instanceof HttpError)) {
    logError('sync_failed', error, { request_id: requestId, run: id })
  }
}

const log = ({ requestId, database }: RunOfLines, startedAt: number, run: ShownRun | undefined) =>
  run &&
  logEvent('sync', {
    request_id: requestId,
    run: run.id,
    state: run.state,
    dry_run: run.dryRun,
    lines: run.lines,
    created: run.created,
    updated: run.updated,
    unchanged: run.unchanged,
    outdated: run.outdated,
    removed: run.removed,
    failed: run.failed,
    ms: Date.now() - startedAt,
    d1_queries: database.cost.queries,
    d1_rows_written: database.cost.rowsWritten,
  })
