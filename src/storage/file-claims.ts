import { and, eq, or, sql, type SQL } from 'drizzle-orm'
import type { Database } from '../db/client.ts'
import { exportFiles, exportLogs } from '../db/schema/index.ts'
import { databaseTime } from '../db/stored-time.ts'
import type { FileName } from './object-key.ts'

/** How long a claim keeps others from changing a file. */
const CLAIM_SECONDS = 120

/** That nobody holds a file, or nobody any more. */
export const isFree = sql`(${exportFiles.claim} is null
  or ${exportFiles.claimedAt} <= ${databaseTime(CLAIM_SECONDS)})`

/** The row of a file. */
export const isFile = ({ exportLogId, variant }: FileName) =>
  and(eq(exportFiles.exportLogId, exportLogId), eq(exportFiles.variant, variant))

const holds = (name: FileName, claim: string) => and(isFile(name), eq(exportFiles.claim, claim))

/**
 * The query by which a production claims a file, so that it alone keeps it. It gives no row when another holds the claim,
 * when the log is there no more, or when the condition does not hold. A discarded file is forgotten by it: its object goes,
 * written over or removed, with the production. It may be run twice: its own claim is no obstacle.
 */
export const claimFile = (
  database: Database,
  { exportLogId, variant }: FileName,
  claim: string,
  condition?: SQL,
) =>
  database
    .insert(exportFiles)
    .select((query) =>
      query
        .select({
          exportLogId: sql`${exportLogs.id}`.as('export_log_id'),
          variant: sql`${variant}`.as('variant'),
          claim: sql`${claim}`.as('claim'),
          claimedAt: databaseTime().as('claimed_at'),
          discarded: sql`0`.as('discarded'),
          version: nothing('version'),
          rows: nothing('rows'),
          bytes: nothing('bytes'),
          sha256: nothing('sha256'),
          producedAt: nothing('produced_at'),
          accountListIds: nothing('account_list_ids'),
        } satisfies Record<keyof typeof exportFiles.$inferInsert, unknown>)
        .from(exportLogs)
        .where(and(eq(exportLogs.id, exportLogId), condition)),
    )
    .onConflictDoUpdate({
      target: [exportFiles.exportLogId, exportFiles.variant],
      set: {
        claim,
        claimedAt: databaseTime(),
        version: sql`iif(${exportFiles.discarded}, null, ${exportFiles.version})`,
        discarded: false,
      },
      setWhere: sql`${isFree} or ${exportFiles.claim} = ${claim}`,
    })
    .returning({ claim: exportFiles.claim })

const nothing = (name: string) => sql`null`.as(name)

/** Holds a claim for its time again; gives whether the production may still keep its file. */
export async function renewClaim(
  database: Database,
  name: FileName,
  claim: string,
): Promise<boolean> {
  const renewed = await database
    .update(exportFiles)
    .set({ claimedAt: databaseTime() })
    .where(and(holds(name, claim), eq(exportFiles.discarded, false)))
    .returning({ claim: exportFiles.claim })
  return renewed.length > 0
}

/**
 * Takes the claim of a production that does not keep its file, to clear away after it: its own claim, or that of a record
 * that was written though nothing said so. It gives the file's record, or none when the file is another's by now.
 */
export const takeBackClaim = (
  database: Database,
  name: FileName,
  claim: string,
  version: string | undefined,
) =>
  database
    .update(exportFiles)
    .set({ claim, claimedAt: databaseTime() })
    .where(
      and(
        isFile(name),
        or(
          eq(exportFiles.claim, claim),
          version === undefined ? undefined : eq(exportFiles.version, version),
        ),
      ),
    )
    .returning({ discarded: exportFiles.discarded, version: exportFiles.version })

/** Ends a claim, of all its files or of some; what was kept before it stays kept. */
export const releaseClaim = (database: Database, claim: string, files?: SQL) =>
  database
    .update(exportFiles)
    .set({ claim: null, claimedAt: null })
    .where(and(eq(exportFiles.claim, claim), files))

/** Forgets the file of a claim, whose object is gone. */
export const forgetFile = (database: Database, name: FileName, claim: string) =>
  database.delete(exportFiles).where(holds(name, claim))
