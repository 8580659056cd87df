import { sql, type SQL } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Database } from '../../../db/client.ts'
import { inList } from '../../../db/in-list.ts'
import { accountLists } from '../../../db/schema/index.ts'

/**
 * A country or a currency with more bytes is neither, and is not read: a user may have many account
 * lists.
 */
const WORD_BYTES = 1000

/** What files show of the name of an account list. */
const NAME_CHARACTERS = 250

/** The query for account lists, with the facts that their contacts share. */
export const accountListsById = (database: Database, ids: readonly string[]) =>
  database
    .select({
      id: accountLists.id,
      name: sql<
        string | null
      >`substr(${accountLists.name}, 1, ${sql.raw(String(NAME_CHARACTERS))})`.as('name'),
      homeCountry: word(accountLists.homeCountry).as('home_country'),
      defaultCurrency: word(accountLists.defaultCurrency).as('default_currency'),
    })
    .from(accountLists)
    .where(inList(accountLists.id, ids))

export type AccountList = Awaited<ReturnType<typeof accountListsById>>[number]

const word = (column: SQLiteColumn): SQL<string | null> =>
  sql`case when octet_length(${column}) <= ${sql.raw(String(WORD_BYTES))} then ${column} end`
