import { and, eq, exists, lte, sql } from 'drizzle-orm'
import type { Database } from '../db/client.ts'
import { exportProductions } from '../db/schema/index.ts'
import { databaseTime } from '../db/stored-time.ts'

/** How many files may be under way for a user at a time: streams of one file count each. */
export const MAXIMUM_PRODUCTIONS = 4

/** After so long without a sign of life, a production counts no more. */
const LIFE_SECONDS = 120

/** A file that is being made for a user. */
export type Production = { readonly userId: string; readonly id: string }

const isProduction = ({ userId, id }: Production) =>
  and(eq(exportProductions.userId, userId), eq(exportProductions.id, id))

const isDead = lte(exportProductions.renewedAt, databaseTime(LIFE_SECONDS))

/**
 * The query that puts a production on record, unless its user has as many under way as they may. One statement counts and
 * inserts, so that of two requests at once only one is the last that is admitted. It may be run twice for the same
 * production, which does not count against itself.
 *
 * @param most none: it is admitted in any case
 * @returns the production's id, or no row when it is one too many
 */
export const admitProduction = (
  database: Database,
  { userId, id }: Production,
  most: number | undefined,
) =>
  database
    .insert(exportProductions)
    .select((query) =>
      query
        .select({
          userId: sql`${userId}`.as('user_id'),
          id: sql`${id}`.as('id'),
          renewedAt: databaseTime().as('renewed_at'),
        } satisfies Record<keyof typeof exportProductions.$inferInsert, unknown>)
        .from(sql`(select 1)`)
        .where(
          most === undefined
            ? sql`true`
            : sql`(
                select count(*) from ${exportProductions}
                where ${exportProductions.userId} = ${userId} and ${exportProductions.id} <> ${id}
                and not ${isDead}) < ${most}`,
        ),
    )
    .onConflictDoUpdate({
      target: [exportProductions.userId, exportProductions.id],
      set: { renewedAt: databaseTime() },
    })
    .returning({ id: exportProductions.id })

/** Whether a production was admitted: a condition for the other statements of its batch. */
export const isAdmitted = (database: Database, production: Production) =>
  exists(
    database
      .select({ id: exportProductions.id })
      .from(exportProductions)
      .where(isProduction(production)),
  )

/** The query by which a production shows that it is alive. */
export const renewProduction = (database: Database, production: Production) =>
  database
    .update(exportProductions)
    .set({ renewedAt: databaseTime() })
    .where(isProduction(production))

/** The query that ends a production. */
export const endProduction = (database: Database, production: Production) =>
  database.delete(exportProductions).where(isProduction(production))

/** The query that forgets the productions that have died: those of a user, or all. */
export const forgetDeadProductions = (database: Database, userId?: string) =>
  database
    .delete(exportProductions)
    .where(and(isDead, userId === undefined ? undefined : eq(exportProductions.userId, userId)))
