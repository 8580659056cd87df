import { sql } from 'drizzle-orm'
import { accountListsById } from '../contacts/reading/rows/account-lists.ts'
import { readContacts, type FileSelection } from '../contacts/reading/read-contacts.ts'
import type { Database } from '../db/client.ts'
import { claimFile } from '../storage/file-claims.ts'
import type { FileName } from '../storage/file-records.ts'
import { keepFile } from '../storage/keep-file.ts'
import { admitProduction, forgetDeadProductions, isAdmitted } from '../storage/productions.ts'
import type { Format } from '../formats/format.ts'
import { exportLine, type ExportLine } from './export-line.ts'
import { inTurns } from './file-turns.ts'
import { liveProduction } from './live-production.ts'
import { toReadableStream } from '../streams/to-readable-stream.ts'
import { runExport, type Export } from './run-export.ts'

/** How long a file is still made when its client has gone. `waitUntil` ends after 30 seconds. */
const GRACE_MILLISECONDS = 25_000

export type NewFile = {
  readonly database: Database
  readonly bucket: R2Bucket
  readonly userId: string
  /** How many files the user may have under way, this one included; any number without it. */
  readonly mostProductions: number | undefined
  readonly name: FileName
  /** Whether the file may be kept, if no other request does so already. */
  readonly mayKeep: boolean
  readonly selection: FileSelection
  readonly format: Format
  readonly sheet: Pick<Export, 'columns' | 'title' | 'madeAt'>
  readonly requestId: string
  /** When the request came, in milliseconds since 1970. */
  readonly startedAt: number
  readonly waitUntil: (promise: Promise<unknown>) => void
}

/** A file on its way out. `line` is to be told when it has left. */
export type FileUnderWay = {
  readonly body: ReadableStream<Uint8Array>
  readonly line: ExportLine
}

/**
 * Makes a file: its bytes leave while they are made, and are kept in R2 unless another request is doing that already. When
 * the client goes away, a file that is to be kept is finished all the same, within 25 seconds.
 *
 * What a file begins with depends on no contact: it leaves before they are selected.
 *
 * @returns nothing when the user has as many files under way as they may
 */
export async function newFile({
  database,
  bucket,
  userId,
  mostProductions,
  name,
  mayKeep,
  selection,
  format,
  sheet,
  requestId,
  startedAt,
  waitUntil,
}: NewFile): Promise<FileUnderWay | undefined> {
  const production = { userId, id: crypto.randomUUID() }
  const [, [admitted], [claimed], lists] = await database.retry(() =>
    database.batch([
      forgetDeadProductions(database, userId),
      admitProduction(database, production, mostProductions),
      claimFile(
        database,
        name,
        production.id,
        mayKeep ? isAdmitted(database, production) : sql`false`,
      ),
      accountListsById(database, selection.accountListIds),
    ]),
  )
  if (!admitted) return undefined
  const pages = readContacts(database, selection, lists)
  const { chunks, contents } = runExport({ pages, format, ...sheet })
  const rows = () => contents().rows
  const line = exportLine({ requestId, name, source: 'made', startedAt, database, rows })
  const contentType = format.mediaType
  const keeping = { database, bucket, name, production, contentType, contents }
  const live = liveProduction(claimed ? keepFile(chunks, keeping) : chunks, database, production)
  const file = inTurns(logged(live.chunks, line))
  const body = toReadableStream(file.chunks, async () => {
    file.clientLeft()
    if (claimed) return waitUntil(finish(file.chunks))
    await file.chunks.return(undefined)
    // A generator that was never asked for a chunk has nothing that runs at its end.
    await live.end()
    line.made()
  })
  return { body, line }
}

/** A fault half-way is told to the log here: the client gets no more than a broken transfer. */
async function* logged(
  chunks: AsyncIterable<Uint8Array>,
  line: ExportLine,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of chunks) {
      line.begun()
      yield chunk
    }
    return
  } catch (error) {
    line.failed(error)
  } finally {
    line.made()
  }
  // What breaks a stream the runtime writes into the log itself: drizzle's error would quote the filter there.
  throw new Error('The export failed: the line in the log before this one says why.')
}

/** Lets the rest of a file pass with nobody to read it, as long as the platform lets us. */
async function finish(chunks: AsyncGenerator<Uint8Array>): Promise<void> {
  const end = Date.now() + GRACE_MILLISECONDS
  for await (const _ of chunks) {
    if (Date.now() > end) break
  }
}
