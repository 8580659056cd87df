import { sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { areTimes, createdAt, id, updatedAt } from './columns.ts'

/** What users have saved to export again: a filter by name, with the choices of a file. */
export const savedFilters = sqliteTable(
  'saved_filters',
  {
    id: id(),
    userId: text('user_id').notNull(),
    name: text('name').notNull(),
    /** A JSON object. */
    filter: text('filter').notNull(),
    /** A JSON array of the keys of columns. */
    columns: text('columns'),
    sort: text('sort'),
    format: text('format'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    ...areTimes(table.createdAt, table.updatedAt),
    uniqueIndex('saved_filters_of_user').on(table.userId, table.name),
  ],
)
