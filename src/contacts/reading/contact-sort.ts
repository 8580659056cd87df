import { sql, type SQL, type SQLWrapper } from 'drizzle-orm'

/** A part of an order. Contacts are compared by the first key in which they differ. */
type SortKey = {
  /** SQL that refers to `entry.value`, and to the tables of the sort. It is never NULL. */
  readonly value: SQL
  /** Whether the opposite order turns it round. What is missing comes last in both. */
  readonly turns: boolean
}

/** An order of the contacts of a file. Contacts that are equal in it follow by name, then by id. */
export type ContactSort = {
  /** What selects it, in small letters. The first is its proper name. */
  readonly names: readonly [string, ...string[]]
  /** What it compares, as documents describe it. */
  readonly description: string
  /** What is read of a contact: SQL that refers to `contacts`. */
  readonly value: SQL
  readonly keys: readonly SortKey[]
  /** What is known of postal destinations, where the order depends on it. */
  readonly needsCountries?: true
}

/** A sort, in the direction that is wanted. */
export type SortOrder = { readonly sort: ContactSort; readonly isOpposite: boolean }

/**
 * A longer text is compared as far as this, in characters. The database sorts in memory, and texts
 * have no bound of their own.
 */
const COMPARED_CHARACTERS = 500

/** A text as far as it is compared. */
export const compared = (text: SQLWrapper): SQL =>
  sql`substr(${text}, 1, ${sql.raw(String(COMPARED_CHARACTERS))})`
