import { and, eq, or, sql, type SQL } from 'drizzle-orm'
import type { Database } from '../db/client.ts'
import { exportFiles, exportLogs } from '../db/schema/index.ts'
import { databaseTime } from '../db/stored-time.ts'
import type { FileName } from './object-key.ts'

/** How long a claim is valid unless it is renewed. */
const CLAIM_SECONDS = 120

/** The condition that no valid claim is held on a file. */
export const isFree = sql`(${exportFiles.claim} is null
  or ${exportFiles.claimedAt} <= ${databaseTime(CLAIM_SECONDS)})`

/** The row of a file. */
export const isFile = ({ exportLogId, variant }: FileName) =>
  and(eq(exportFiles.exportLogId, exportLogId), eq(exportFiles.variant, variant))

const holds = (name: FileName, claim: string) => and(isFile(name), eq(exportFiles.claim, claim))

/**
 * The query by which a production claims a file, so that no other production keeps it. It returns
 * no row when another claim is valid, when the log does not exist, or when the condition is not
 * met. It clears the record of a discarded file, whose object the production overwrites or removes.
 * It can be run twice: a claim does not conflict with itself.
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
          labels: nothing('labels'),
          leftOut: nothing('left_out'),
          shrunk: nothing('shrunk'),
          cut: nothing('cut'),
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

/** Renews a claim. @returns whether the production may still keep its file */
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
 * The query by which a production that does not keep its file claims it for the cleanup: under its
 * own claim, or by the version of a record that was written although the response was lost. It
 * returns the file's record, or no row when another production has claimed the file meanwhile.
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

/**
 * The query that releases a claim, for all its files or for some. A file that was kept before stays
 * kept.
 */
export const releaseClaim = (database: Database, claim: string, files?: SQL) =>
  database
    .update(exportFiles)
    .set({ claim: null, claimedAt: null })
    .where(and(eq(exportFiles.claim, claim), files))

/** The query that deletes the record of a claimed file whose object has been removed. */
export const forgetFile = (database: Database, name: FileName, claim: string) =>
  database.delete(exportFiles).where(holds(name, claim))
