import { count } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { exportFiles } from '../../db/schema/index.ts'
import { expiredFiles } from './discard-expired-files.ts'
import { expiredIds } from './forget-expired-ids.ts'
import { expiredLogs } from './remove-expired-logs.ts'
import { isDiscarded } from './remove-files.ts'

/** Counting stops here, because each counted row is a row read. */
const MAXIMUM_COUNTED = 100_000

export type Retention = {
  readonly fileRetentionDays: number
  /** Logs are not removed when this is not set. */
  readonly logRetentionDays?: number | undefined
}

type Backlog = {
  readonly logs_left: number
  readonly ids_left: number
  readonly files_left: number
}

/** What a run of the sweep leaves to the next one. Each number is at most 100,000. */
export async function countBacklog(
  database: Database,
  { fileRetentionDays, logRetentionDays }: Retention,
): Promise<Backlog> {
  const discarded = database
    .select({ variant: exportFiles.variant })
    .from(exportFiles)
    .where(isDiscarded)
  const queries = {
    discarded: discarded.limit(MAXIMUM_COUNTED).as('counted'),
    expired: expiredFiles(database, fileRetentionDays).limit(MAXIMUM_COUNTED).as('counted'),
    ids: expiredIds(database).limit(MAXIMUM_COUNTED).as('counted'),
    logs: expiredLogs(database, logRetentionDays).limit(MAXIMUM_COUNTED).as('counted'),
  }
  const left = { left: count().as('left') }
  const [[files], [expired], [ids], [logs]] = await database.batch([
    database.select(left).from(queries.discarded),
    database.select(left).from(queries.expired),
    database.select(left).from(queries.ids),
    database.select(left).from(queries.logs),
  ])
  return {
    logs_left: logs?.left ?? 0,
    ids_left: ids?.left ?? 0,
    files_left: (files?.left ?? 0) + (expired?.left ?? 0),
  }
}
