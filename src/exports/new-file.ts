import { accountListsById } from '../contacts/account-lists.ts'
import { readContacts, type FileSelection } from '../contacts/contact-pages.ts'
import type { Database } from '../db/client.ts'
import { claimFile } from '../files/file-claims.ts'
import type { FileName } from '../files/file-records.ts'
import { keepFile } from '../files/keep-file.ts'
import type { Format } from '../formats/format.ts'
import { logError } from '../log.ts'
import { logExport } from './export-line.ts'
import { pullStream } from './pull-stream.ts'
import { runExport, type Export } from './run-export.ts'

/** How long a file is still made when its client has gone. `waitUntil` ends after 30 seconds. */
const GRACE_MILLISECONDS = 25_000

export type NewFile = {
  readonly database: Database
  readonly bucket: R2Bucket
  readonly name: FileName
  readonly selection: FileSelection
  readonly format: Format
  readonly sheet: Pick<Export, 'columns' | 'title' | 'madeAt'>
  /** When the request came, in milliseconds since 1970. */
  readonly startedAt: number
  readonly waitUntil: (promise: Promise<unknown>) => void
}

/**
 * Makes a file: its bytes leave while they are made, and are kept in R2 unless another request is doing that already. When
 * the client goes away, a file that is to be kept is finished all the same, within 25 seconds.
 *
 * What a file begins with depends on no contact: it leaves before they are selected.
 */
export async function newFile({
  database,
  bucket,
  name,
  selection,
  format,
  sheet,
  startedAt,
  waitUntil,
}: NewFile): Promise<ReadableStream<Uint8Array>> {
  const claim = crypto.randomUUID()
  const [[claimed], lists] = await database.batch([
    claimFile(database, name, claim),
    accountListsById(database, selection.accountListIds),
  ])
  const pages = readContacts(database, selection, lists)
  const { chunks, contents } = runExport({ pages, format, ...sheet })
  const told = (all: AsyncIterable<Uint8Array>) =>
    logged(all, name, (bytes, firstByteAt) => {
      const { rows } = contents()
      logExport({ name, source: 'made', rows, bytes, startedAt, firstByteAt, database })
    })
  if (!claimed) return pullStream(told(chunks))
  const contentType = format.mediaType
  const kept = told(keepFile(chunks, { database, bucket, name, claim, contentType, contents }))
  return pullStream(kept, async () => waitUntil(finish(kept)))
}

/** A fault half-way is told to the log here: the client gets no more than a broken transfer. */
async function* logged(
  chunks: AsyncIterable<Uint8Array>,
  name: FileName,
  ended: (bytes: number, firstByteAt: number) => void,
): AsyncGenerator<Uint8Array> {
  let bytes = 0
  let firstByteAt: number | undefined
  try {
    for await (const chunk of chunks) {
      firstByteAt ??= Date.now()
      bytes += chunk.length
      yield chunk
    }
    ended(bytes, firstByteAt ?? Date.now())
    return
  } catch (error) {
    logError('export_failed', error, name)
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
