import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import {
  areFlags,
  areTimes,
  createdAt,
  flag,
  id,
  now,
  updatedAt,
  updatedInDatabaseAt,
} from './columns.ts'

export const exportLogs = sqliteTable(
  'export_logs',
  {
    id: id(),
    /** `Contacts` or `Contacts Mailing`; older rows hold other text. */
    type: text('type'),
    userId: text('user_id').notNull(),
    exportAt: text('export_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    updatedInDbAt: updatedInDatabaseAt(),
    /**
     * The JSON object that the client sent as `params`, its `filter` an object or a text. The last column: SQLite passes
     * through a mebibyte of it to reach what is behind.
     */
    params: text('params'),
  },
  (table) => [
    ...areTimes(table.exportAt, table.createdAt, table.updatedAt, table.updatedInDbAt),
    index('export_logs_of_user').on(table.userId, table.createdAt, table.id),
    index('export_logs_by_age').on(sql`coalesce(${table.exportAt}, ${table.createdAt})`),
  ],
)

/**
 * How many logs of each type a user has, and how many bytes their params have. Triggers on `export_logs` keep it, whoever
 * writes there, so that a quota or a total costs a row for each type instead of one for each log.
 */
export const exportLogUsage = sqliteTable(
  'export_log_usage',
  {
    userId: text('user_id').notNull(),
    /** `''` stands for NULL, too. */
    type: text('type').notNull(),
    logs: integer('logs').notNull(),
    bytes: integer('bytes').notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.type] })],
)

/** The ids of logs that were deleted: they stay taken for a time. */
export const deletedExportLogs = sqliteTable(
  'deleted_export_logs',
  {
    id: id(),
    userId: text('user_id').notNull(),
    deletedAt: text('deleted_at').notNull().default(now),
  },
  (table) => [
    ...areTimes(table.deletedAt),
    index('deleted_export_logs_by_time').on(table.deletedAt),
  ],
)

/**
 * What is known of each file: who makes it, and once it is kept, what it holds. An object in R2 whose version is not
 * the row's is not a kept file. No foreign key: a row must outlive its log until its object is gone from R2.
 */
export const exportFiles = sqliteTable(
  'export_files',
  {
    exportLogId: text('export_log_id').notNull(),
    /** What follows the log's id in the object's key: `csv`, `mailing.bom.csv`. */
    variant: text('variant').notNull(),
    /** Random id of whoever may change the object, a production or a removal, and the moment it began or went on. */
    claim: text('claim'),
    claimedAt: text('claimed_at'),
    /** The object, and what a production under way makes of it, may not be given out any more and must go. */
    discarded: flag('discarded'),
    /** The version that R2 gave to the kept object; with it, all that follows is set. */
    version: text('version'),
    rows: integer('rows'),
    bytes: integer('bytes'),
    /** Of the bytes as sent, in hexadecimal. */
    sha256: text('sha256'),
    producedAt: text('produced_at'),
    /** JSON array of the account lists whose contacts are in the file. */
    accountListIds: text('account_list_ids'),
  },
  (table) => [
    primaryKey({ columns: [table.exportLogId, table.variant] }),
    ...areTimes(table.claimedAt, table.producedAt),
    ...areFlags(table.discarded),
    index('export_files_by_age')
      .on(table.producedAt)
      .where(sql`${table.discarded} = 0`),
    index('export_files_discarded')
      .on(table.discarded)
      .where(sql`${table.discarded} = 1`),
    index('export_files_claimed')
      .on(table.claim)
      .where(sql`${table.claim} is not null`),
  ],
)

/**
 * The files that are being made for each user, one row for each stream, so that nobody has too many at a time. A row that
 * was not renewed for two minutes is of a stream that has died.
 */
export const exportProductions = sqliteTable(
  'export_productions',
  {
    userId: text('user_id').notNull(),
    /** Random; a production that may keep its file claims the file under this id, too. */
    id: text('id').notNull(),
    renewedAt: text('renewed_at').notNull().default(now),
  },
  (table) => [primaryKey({ columns: [table.userId, table.id] }), ...areTimes(table.renewedAt)],
)

/**
 * The multipart uploads that R2 may hold open: R2 cannot list them, so each is noted before its first part. One that no note
 * could be made of is ended by R2 itself after seven days.
 */
export const exportUploads = sqliteTable(
  'export_uploads',
  {
    uploadId: text('upload_id').primaryKey(),
    exportLogId: text('export_log_id').notNull(),
    variant: text('variant').notNull(),
    notedAt: text('noted_at').notNull().default(now),
  },
  (table) => areTimes(table.notedAt),
)

/** How far the sweep has looked through the objects of R2, so that the next run goes on there: one row at most. */
export const sweepProgress = sqliteTable('sweep_progress', {
  id: integer('id').primaryKey(),
  /** The key after which to go on. */
  afterKey: text('after_key').notNull(),
  /** The UTC day, `2022-01-12`, on which it last came to the end. */
  completedOn: text('completed_on'),
})
