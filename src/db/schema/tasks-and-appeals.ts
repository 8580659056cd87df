import { index, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { accountLists } from './account-lists.ts'
import { areFlags, areTimes, createdAt, flag, id, updatedAt } from './columns.ts'
import { contacts } from './contacts.ts'

export const appeals = sqliteTable(
  'appeals',
  {
    id: id(),
    accountListId: text('account_list_id')
      .notNull()
      .references(() => accountLists.id, { onDelete: 'cascade' }),
    name: text('name'),
    createdAt: createdAt(),
  },
  (table) => [
    ...areTimes(table.createdAt),
    index('appeals_of_account_list').on(table.accountListId),
  ],
)

export const appealContacts = sqliteTable(
  'appeal_contacts',
  {
    appealId: text('appeal_id')
      .notNull()
      .references(() => appeals.id, { onDelete: 'cascade' }),
    contactId: text('contact_id')
      .notNull()
      .references(() => contacts.id, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({ columns: [table.appealId, table.contactId] }),
    index('appeals_of_contact').on(table.contactId, table.appealId),
  ],
)

export const tasks = sqliteTable(
  'tasks',
  {
    id: id(),
    accountListId: text('account_list_id')
      .notNull()
      .references(() => accountLists.id, { onDelete: 'cascade' }),
    subject: text('subject'),
    activityType: text('activity_type'),
    startAt: text('start_at'),
    completed: flag('completed'),
    completedAt: text('completed_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    ...areFlags(table.completed),
    ...areTimes(table.startAt, table.completedAt, table.createdAt, table.updatedAt),
    index('tasks_of_account_list').on(table.accountListId),
    index('tasks_in_filters').on(
      table.id,
      table.completed,
      table.activityType,
      table.startAt,
      table.accountListId,
    ),
  ],
)

export const taskContacts = sqliteTable(
  'task_contacts',
  {
    taskId: text('task_id')
      .notNull()
      .references(() => tasks.id, { onDelete: 'cascade' }),
    contactId: text('contact_id')
      .notNull()
      .references(() => contacts.id, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({ columns: [table.taskId, table.contactId] }),
    index('tasks_of_contact').on(table.contactId, table.taskId),
  ],
)
