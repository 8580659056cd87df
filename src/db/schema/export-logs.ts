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
    /** `Contacts` or `Contacts Mailing`. Older rows hold other text. */
    type: text('type'),
    userId: text('user_id').notNull(),
    exportAt: text('export_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    updatedInDbAt: updatedInDatabaseAt(),
    /**
     * The JSON object that the client sent as `params`, with `filter` as an object or a string. It
     * is the last column, because SQLite would read through a mebibyte of it to reach a later one.
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
 * How many logs of each type a user has, and how many bytes their params have. Triggers on
 * `export_logs` update it for every program that writes there, so that a quota or a total costs one
 * row read for each type instead of one for each log.
 */
export const exportLogUsage = sqliteTable(
  'export_log_usage',
  {
    userId: text('user_id').notNull(),
    /** `''` also stands for NULL. */
    type: text('type').notNull(),
    logs: integer('logs').notNull(),
    bytes: integer('bytes').notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.type] })],
)

/** The ids of deleted logs, which stay taken for 400 days. */
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
 * The record of each file: the claim on it and, once it is kept, its contents. An object in R2 with
 * another version than the row is not a kept file. There is no foreign key, because a row must
 * outlive its log until its object is removed from R2.
 */
export const exportFiles = sqliteTable(
  'export_files',
  {
    exportLogId: text('export_log_id').notNull(),
    /** What follows the log's id in the object's key: `csv`, `mailing.bom.csv`. */
    variant: text('variant').notNull(),
    /**
     * The random id of the production or removal that may change the object, and when it was
     * claimed or renewed.
     */
    claim: text('claim'),
    claimedAt: text('claimed_at'),
    /** The object, and a file under way, must no longer be served or kept, and must be removed. */
    discarded: flag('discarded'),
    /**
     * The version that R2 assigned to the kept object. When it is set, so are the columns below
     * up to those of labels.
     */
    version: text('version'),
    rows: integer('rows'),
    bytes: integer('bytes'),
    /** Of the bytes as sent, in hexadecimal. */
    sha256: text('sha256'),
    producedAt: text('produced_at'),
    /** JSON array of the account lists whose contacts are in the file. */
    accountListIds: text('account_list_ids'),
    /** Of a file of labels: how many there are, and how many contacts have none. */
    labels: integer('labels'),
    leftOut: integer('left_out'),
    /** How many labels are printed smaller than the font size, and of how many a part is missing. */
    shrunk: integer('shrunk'),
    cut: integer('cut'),
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
 * The files that are being made for each user, one row for each stream, to limit how many there
 * are. A row that was not renewed for two minutes belongs to a stream that has died.
 */
export const exportProductions = sqliteTable(
  'export_productions',
  {
    userId: text('user_id').notNull(),
    /** A random id, under which a production that may keep its file also claims it. */
    id: text('id').notNull(),
    /** `file` or `preview`: each has a limit of its own. */
    kind: text('kind').notNull(),
    renewedAt: text('renewed_at').notNull().default(now),
  },
  (table) => [primaryKey({ columns: [table.userId, table.id] }), ...areTimes(table.renewedAt)],
)

/**
 * The multipart uploads that R2 may hold open. R2 cannot list them, so each is recorded before its
 * first part. R2 itself aborts an upload after seven days.
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

/**
 * How far the sweep has scanned the objects of R2, so that the next run continues there. At most
 * one row.
 */
export const sweepProgress = sqliteTable('sweep_progress', {
  id: integer('id').primaryKey(),
  /** The key after which the next run continues. */
  afterKey: text('after_key').notNull(),
  /** The UTC day, `2022-01-12`, on which a scan was last completed. */
  completedOn: text('completed_on'),
})
