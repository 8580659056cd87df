import { index, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { areTimes, createdAt, id, updatedAt } from './columns.ts'

export const accountLists = sqliteTable(
  'account_lists',
  {
    id: id(),
    name: text('name'),
    homeCountry: text('home_country'),
    defaultCurrency: text('default_currency'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => areTimes(table.createdAt, table.updatedAt),
)

/** Who may read an account list. A user is known only by the id in the token. */
export const accountListUsers = sqliteTable(
  'account_list_users',
  {
    accountListId: text('account_list_id')
      .notNull()
      .references(() => accountLists.id, { onDelete: 'cascade' }),
    userId: text('user_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.accountListId, table.userId] }),
    index('account_list_users_by_user').on(table.userId, table.accountListId),
  ],
)
