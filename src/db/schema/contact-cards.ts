import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/**
 * Contacts as files read them, in the order of files, so that a file reads one row for each contact
 * and no other table. A card is made when a file first needs it. Triggers of the migrations delete
 * it when anything that it contains is written, whoever writes it, so a card is never out of date.
 * Cards can be deleted at any time.
 */
export const contactCards = sqliteTable(
  'contact_cards',
  {
    accountListId: text('account_list_id').notNull(),
    name: text('name').notNull(),
    contactId: text('contact_id').notNull(),
    /** The version of `contactRow` that made the row. Cards of other versions are made again. */
    version: integer('version').notNull(),
    /** The JSON array of `contactRow`. */
    row: text('row').notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountListId, table.name, table.contactId] })],
)
