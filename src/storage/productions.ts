import { and, eq, exists, lte, sql } from 'drizzle-orm'
import type { Database } from '../db/client.ts'
import { exportProductions } from '../db/schema/index.ts'
import { databaseTime } from '../db/stored-time.ts'

/** How many files a user may have under way, where each stream of one file counts, and previews. */
export const MAXIMUM_PRODUCTIONS = 4

/** A production that was not renewed for so long has died and no longer counts. */
const LIFE_SECONDS = 120

/** A file or a preview that is being made for a user. */
export type Production = {
  readonly userId: string
  readonly id: string
  readonly kind: 'file' | 'preview'
}

const isProduction = ({ userId, id }: Production) =>
  and(eq(exportProductions.userId, userId), eq(exportProductions.id, id))

const isDead = lte(exportProductions.renewedAt, databaseTime(LIFE_SECONDS))

/**
 * The query that records a production unless its user has too many of its kind under way. One
 * statement counts and inserts, so that concurrent requests cannot exceed the limit together. It
 * can be run twice for the same production, which does not count against itself.
 *
 * @param most the limit; without it, every production is admitted
 * @returns the production's id, or no row when the limit is reached
 */
export const admitProduction = (
  database: Database,
  { userId, id, kind }: Production,
  most: number | undefined,
) =>
  database
    .insert(exportProductions)
    .select((query) =>
      query
        .select({
          userId: sql`${userId}`.as('user_id'),
          id: sql`${id}`.as('id'),
          kind: sql`${kind}`.as('kind'),
          renewedAt: databaseTime().as('renewed_at'),
        } satisfies Record<keyof typeof exportProductions.$inferInsert, unknown>)
        .from(sql`(select 1)`)
        .where(
          most === undefined
            ? sql`true`
            : sql`(
                select count(*) from ${exportProductions}
                where ${exportProductions.userId} = ${userId} and ${exportProductions.id} <> ${id}
                and ${exportProductions.kind} = ${kind}
                and not ${isDead}) < ${most}`,
        ),
    )
    .onConflictDoUpdate({
      target: [exportProductions.userId, exportProductions.id],
      set: { renewedAt: databaseTime() },
    })
    .returning({ id: exportProductions.id })

/** The condition that a production was admitted, for the other statements of its batch. */
export const isAdmitted = (database: Database, production: Production) =>
  exists(
    database
      .select({ id: exportProductions.id })
      .from(exportProductions)
      .where(isProduction(production)),
  )

/** The query that renews a production. */
export const renewProduction = (database: Database, production: Production) =>
  database
    .update(exportProductions)
    .set({ renewedAt: databaseTime() })
    .where(isProduction(production))

/** The query that deletes the record of a production. */
export const endProduction = (database: Database, production: Production) =>
  database.delete(exportProductions).where(isProduction(production))

/** The query that deletes the records of productions that have died, of one user or of all. */
export const forgetDeadProductions = (database: Database, userId?: string) =>
  database
    .delete(exportProductions)
    .where(and(isDead, userId === undefined ? undefined : eq(exportProductions.userId, userId)))
