import { and, eq, sql } from 'drizzle-orm'
import type { Database } from '../db/client.ts'
import { exportFiles } from '../db/schema/index.ts'
import { storedTime } from '../db/stored-time.ts'

/** Which file: of which log, and what follows the log's id in the object's key. */
export type FileName = { readonly exportLogId: string; readonly variant: string }

/** What is known of a kept file. */
export type KeptFile = {
  readonly version: string
  readonly bytes: number
  /** Of the bytes as sent, in hexadecimal. */
  readonly sha256: string
  /** `2022-01-12T17:18:07Z` */
  readonly producedAt: string
  /** The account lists whose contacts are in it. */
  readonly accountListIds: readonly string[]
}

/** How long a production may keep others from keeping the same file. */
const CLAIM_MILLISECONDS = 120_000

export const objectKey = ({ exportLogId, variant }: FileName): string =>
  `exports/${exportLogId}.${variant}`

const isFile = ({ exportLogId, variant }: FileName) =>
  and(eq(exportFiles.exportLogId, exportLogId), eq(exportFiles.variant, variant))

/** The query for what is known of a file. */
export const fileRecords = (database: Database, name: FileName) =>
  database
    .select({
      version: exportFiles.version,
      bytes: exportFiles.bytes,
      sha256: exportFiles.sha256,
      producedAt: exportFiles.producedAt,
      accountListIds: exportFiles.accountListIds,
    })
    .from(exportFiles)
    .where(isFile(name))

/** The kept file of a record, if it tells of one. */
export function keptFile(
  record: Awaited<ReturnType<typeof fileRecords>>[number] | undefined,
): KeptFile | undefined {
  const { version, bytes = null, sha256, producedAt } = record ?? {}
  if (!version || bytes === null || !sha256 || !producedAt) return undefined
  const accountListIds: string[] = JSON.parse(record?.accountListIds ?? '[]')
  return { version, bytes, sha256, producedAt, accountListIds }
}

/**
 * The query by which a production claims a file, so that it alone keeps it. It gives a row, with the upload that an earlier
 * production has left open, or none when another holds the claim.
 */
export const claimFile = (database: Database, name: FileName, claim: string, now: Date) =>
  database
    .insert(exportFiles)
    .values({ ...name, claim, claimedAt: storedTime(now) })
    .onConflictDoUpdate({
      target: [exportFiles.exportLogId, exportFiles.variant],
      set: { claim, claimedAt: storedTime(now) },
      setWhere: sql`${exportFiles.claim} is null or ${exportFiles.claimedAt} <= ${storedTime(
        new Date(now.getTime() - CLAIM_MILLISECONDS),
      )}`,
    })
    .returning({ uploadId: exportFiles.uploadId })

/** Notes the upload that R2 holds open, or that it holds none; gives whether the claim still holds. */
export async function noteUpload(
  database: Database,
  name: FileName,
  claim: string,
  uploadId: string | null,
): Promise<boolean> {
  const updated = await database
    .update(exportFiles)
    .set({ uploadId })
    .where(and(isFile(name), eq(exportFiles.claim, claim)))
    .returning({ claim: exportFiles.claim })
  return updated.length > 0
}

/** Notes that the file is kept, and ends the claim. */
export async function recordKeptFile(
  database: Database,
  name: FileName,
  claim: string,
  file: KeptFile & { readonly rows: number },
): Promise<void> {
  await database
    .update(exportFiles)
    .set({
      claim: null,
      uploadId: null,
      version: file.version,
      rows: file.rows,
      bytes: file.bytes,
      sha256: file.sha256,
      producedAt: file.producedAt,
      accountListIds: JSON.stringify(file.accountListIds),
    })
    .where(and(isFile(name), eq(exportFiles.claim, claim)))
}

/** Ends a claim whose file is not kept. An upload that could not be aborted stays noted. */
export async function releaseClaim(
  database: Database,
  name: FileName,
  claim: string,
): Promise<void> {
  await database
    .update(exportFiles)
    .set({ claim: null })
    .where(and(isFile(name), eq(exportFiles.claim, claim)))
}
