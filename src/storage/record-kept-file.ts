import { and, eq, isNull, or } from 'drizzle-orm'
import type { Database } from '../db/client.ts'
import { exportFiles } from '../db/schema/index.ts'
import { databaseTime } from '../db/stored-time.ts'
import { isFile } from './file-claims.ts'
import type { FileName } from './object-key.ts'
import { endProduction, type Production } from './productions.ts'
import { forgetUpload } from './upload-records.ts'

/** What a production knows about the file that it has made. */
export type ProducedFile = {
  readonly version: string
  readonly rows: number
  readonly bytes: number
  readonly sha256: string
  readonly accountListIds: readonly string[]
  readonly labels?: LabelCounts | undefined
}

/** What became of the contacts of a file of labels. */
export type LabelCounts = {
  readonly labels: number
  /** Contacts without a mailing address. */
  readonly leftOut: number
  /** Labels that are printed smaller than the font size. */
  readonly shrunk: number
  /** Labels of which a part is missing. */
  readonly cut: number
}

/**
 * Records that a file is kept, releases its claim, and deletes the records of its production and
 * its upload. It can be run twice: a record with the version of this file is its own.
 *
 * @returns whether the claim was still held
 */
export async function recordKeptFile(
  database: Database,
  name: FileName,
  production: Production,
  { accountListIds, labels: counts, ...file }: ProducedFile,
  uploadId: string | undefined,
): Promise<boolean> {
  const record = database
    .update(exportFiles)
    .set({
      claim: null,
      claimedAt: null,
      ...file,
      producedAt: databaseTime(),
      accountListIds: JSON.stringify(accountListIds),
      labels: counts?.labels ?? null,
      leftOut: counts?.leftOut ?? null,
      shrunk: counts?.shrunk ?? null,
      cut: counts?.cut ?? null,
    })
    .where(
      and(
        isFile(name),
        eq(exportFiles.discarded, false),
        or(
          eq(exportFiles.claim, production.id),
          and(isNull(exportFiles.claim), eq(exportFiles.version, file.version)),
        ),
      ),
    )
    .returning({ variant: exportFiles.variant })
  const [recorded] = await database.batch([
    record,
    endProduction(database, production),
    ...(uploadId === undefined ? [] : [forgetUpload(database, uploadId)]),
  ])
  return recorded.length > 0
}
