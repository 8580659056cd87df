import { and, asc, eq, sql } from 'drizzle-orm'
import type { Database } from '../db/client.ts'
import { savedFilters } from '../db/schema/index.ts'
import { selectedRow } from '../db/selected-row.ts'

/** How many saved filters a user may have. */
export const MOST_SAVED_FILTERS = 100

/** A saved filter as it is stored. */
export type SavedFilter = typeof savedFilters.$inferSelect

/** What a user chooses of a saved filter, as it is stored. */
export type SavedFilterChoices = Pick<
  SavedFilter,
  'name' | 'filter' | 'columns' | 'sort' | 'format'
>

const isOf = (userId: string, id: string) =>
  and(eq(savedFilters.id, id), eq(savedFilters.userId, userId))

/** The query for a saved filter of a user. */
export const savedFilterById = (database: Database, userId: string, id: string) =>
  database.select().from(savedFilters).where(isOf(userId, id))

/** The query for all saved filters of a user, by name in code-point order. */
export const savedFiltersOf = (database: Database, userId: string) =>
  database
    .select()
    .from(savedFilters)
    .where(eq(savedFilters.userId, userId))
    .orderBy(asc(savedFilters.name))
    .limit(MOST_SAVED_FILTERS)

/** The query for how many saved filters a user has. */
export const countOfSavedFilters = (database: Database, userId: string) =>
  database
    .select({ count: sql<number>`count(*)`.as('count') })
    .from(savedFilters)
    .where(eq(savedFilters.userId, userId))

/** The query for whether a user has another saved filter of this name. It returns a row if so. */
export const otherOfName = (database: Database, userId: string, name: string, id: string) =>
  database
    .select({ id: savedFilters.id })
    .from(savedFilters)
    .where(
      and(
        eq(savedFilters.userId, userId),
        eq(savedFilters.name, name),
        sql`${savedFilters.id} <> ${id}`,
      ),
    )

/**
 * The query that adds a saved filter, unless its id or name is taken, or the user has the most
 * already. It is one statement, so that concurrent requests cannot exceed the limit together.
 *
 * @returns the row, or none when it was not added
 */
export const insertSavedFilter = (database: Database, row: SavedFilter) =>
  database
    .insert(savedFilters)
    .select(
      sql`select ${selectedRow(savedFilters, row)}
      where (select count(*) from ${savedFilters} where ${savedFilters.userId} = ${row.userId})
        < ${MOST_SAVED_FILTERS}`,
    )
    .onConflictDoNothing()
    .returning({ id: savedFilters.id })

/**
 * The query that changes a saved filter, unless another one of the user has its new name.
 *
 * @returns the row as it is now, or none when it was not changed
 */
export const updateSavedFilter = (
  database: Database,
  userId: string,
  id: string,
  changes: Partial<SavedFilterChoices> & { readonly updatedAt: string },
) =>
  database
    .update(savedFilters)
    .set(changes)
    .where(
      and(
        isOf(userId, id),
        changes.name === undefined
          ? undefined
          : sql`not exists (select 1 from ${savedFilters} as other
              where other.user_id = ${userId} and other.name = ${changes.name}
              and other.id <> ${id})`,
      ),
    )
    .returning()

/** The query that deletes a saved filter of a user. */
export const deleteSavedFilter = (database: Database, userId: string, id: string) =>
  database.delete(savedFilters).where(isOf(userId, id))
