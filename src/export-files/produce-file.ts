import { contactReading, type FileSelection } from '../contacts/reading/read-contacts.ts'
import type { Database } from '../db/client.ts'
import type { FileName } from '../storage/object-key.ts'
import { keepFile } from '../storage/keep-file.ts'
import type { LabelSheets } from '../formats/labels.ts'
import type { Production } from '../storage/productions.ts'
import { beginProduction } from './begin-production.ts'
import { exportEvent, type ExportEvent } from './export-event.ts'
import { scheduleFile } from './file-scheduler.ts'
import { productionHeartbeat } from './production-heartbeat.ts'
import { toReadableStream } from '../streams/to-readable-stream.ts'
import { exportPipeline } from './export-pipeline.ts'
import type { Column } from '../contacts/columns.ts'
import type { RequestedFormat } from './requested-format.ts'

/**
 * How long a file is still produced when its client has disconnected. `waitUntil` ends after 30
 * seconds.
 */
const GRACE_MILLISECONDS = 25_000

export type ProduceFileOptions = {
  readonly database: Database
  readonly bucket: R2Bucket
  readonly userId: string
  /** How many files the user may have in production, including this one; any number without it. */
  readonly mostProductions: number | undefined
  readonly name: FileName
  /** Whether the file may be kept, unless another request does so already. */
  readonly mayKeep: boolean
  readonly selection: FileSelection
  readonly columns: readonly Column[]
  readonly requested: RequestedFormat
  /** The date in the file. */
  readonly madeAt: Date
  readonly sheets: LabelSheets | undefined
  readonly requestId: string
  /** When the request came, in milliseconds since 1970. */
  readonly startedAt: number
  readonly waitUntil: (promise: Promise<unknown>) => void
}

/** A file that is sent while it is produced. `event` is to be told when it has been sent. */
export type FileInProduction = {
  readonly body: ReadableStream<Uint8Array>
  readonly event: ExportEvent
}

/**
 * Produces a file. Its bytes are sent while they are made, and are kept in R2 unless another
 * request does that already. When the client disconnects, a file that is to be kept is still
 * completed, within 25 seconds.
 *
 * @returns `undefined` when the user has too many files in production
 */
export async function produceFile({
  database,
  bucket,
  userId,
  mostProductions,
  name,
  mayKeep,
  selection,
  columns,
  requested,
  madeAt,
  sheets,
  requestId,
  startedAt,
  waitUntil,
}: ProduceFileOptions): Promise<FileInProduction | undefined> {
  const production: Production = { userId, id: crypto.randomUUID(), kind: 'file' }
  const claimedAt = Date.now()
  const reading = contactReading(database, selection)
  const { isAdmitted, isClaimed, firstResults } = await beginProduction(database, {
    production,
    mostProductions,
    name,
    mayKeep,
    reading,
  })
  if (!isAdmitted) return undefined
  const pages = reading.pages(firstResults)
  const { chunks, contents } = exportPipeline({
    pages,
    columns,
    encoding: requested.encoding,
    madeAt,
    sheets,
  })
  const rows = () => contents().rows
  const event = exportEvent({ requestId, name, source: 'made', startedAt, database, rows })
  const contentType = requested.format.mediaType
  const keeping = { database, bucket, name, production, claimedAt, contentType, contents }
  const scheduled = scheduleFile(chunks)
  const live = productionHeartbeat(
    isClaimed ? keepFile(scheduled.chunks, keeping) : scheduled.chunks,
    database,
    production,
  )
  const file = logged(live.chunks, event)
  const body = toReadableStream(file, async () => {
    scheduled.clientDisconnected()
    if (isClaimed) return waitUntil(finish(file))
    await file.return(undefined)
    // A generator that was never asked for a chunk does not run its `finally`.
    await live.end()
    event.produced()
  })
  return { body, event }
}

/** Logs an error during production: the client only gets a broken transfer. */
async function* logged(
  chunks: AsyncIterable<Uint8Array>,
  event: ExportEvent,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of chunks) {
      event.started()
      yield chunk
    }
    return
  } catch (error) {
    event.failed(error)
  } finally {
    event.produced()
  }
  // The runtime logs the error that breaks a stream: drizzle's would quote the filter.
  throw new Error('The export failed. The event before this one in the log says why.')
}

/** Reads the rest of a file without a client, for as long as the platform allows. */
async function finish(chunks: AsyncGenerator<Uint8Array>): Promise<void> {
  const end = Date.now() + GRACE_MILLISECONDS
  for await (const _ of chunks) {
    if (Date.now() > end) break
  }
}
