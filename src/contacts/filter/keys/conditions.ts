import { sql, type SQL, type SQLWrapper } from 'drizzle-orm'
import { inList } from '../../../db/in-list.ts'

/** The ids of the account lists in scope: a table that the statement around a condition defines. */
export const inScope = sql`(select id from lists_in_scope)`

/** NULL and `''` are the same to a reader. */
export const isEmpty = (text: SQLWrapper): SQL => sql`coalesce(${text}, '') = ''`

/** The text is in the list, in which one word means no text. */
export const inListOrEmpty = (text: SQLWrapper, items: readonly string[], empty: string): SQL =>
  inList(
    sql`coalesce(${text}, '')`,
    items.map((item) => (item === empty ? '' : item)),
  )
