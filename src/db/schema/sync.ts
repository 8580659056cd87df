import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { areFlags, areTimes, flag, id, now } from './columns.ts'

const count = (name: string) => integer(name).notNull().default(0)

/** The requests that wrote lines, kept for 30 days. */
export const syncRuns = sqliteTable(
  'sync_runs',
  {
    id: id(),
    userId: text('user_id').notNull(),
    /**
     * The place in the list: the time of the request in milliseconds, and a random part. A retry of
     * the insert knows its own row by it.
     */
    position: text('position').notNull(),
    /** JSON array of the account lists that its token might write; NULL for all. */
    accountListIds: text('account_list_ids'),
    /** `running`, `done`, `stopped` or `failed`. */
    state: text('state').notNull(),
    dryRun: flag('dry_run'),
    startedAt: text('started_at').notNull().default(now),
    /** When the run last said that it is alive. */
    renewedAt: text('renewed_at').notNull().default(now),
    endedAt: text('ended_at'),
    lines: count('lines'),
    linesDone: count('lines_done'),
    created: count('created'),
    updated: count('updated'),
    unchanged: count('unchanged'),
    outdated: count('outdated'),
    removed: count('removed'),
    failed: count('failed'),
  },
  (table) => [
    ...areFlags(table.dryRun),
    ...areTimes(table.startedAt, table.renewedAt, table.endedAt),
    index('sync_runs_of_user').on(table.userId, table.position),
    index('sync_runs_by_age').on(table.startedAt),
  ],
)

/**
 * Which run may write an account list at the moment. A lease lasts as long as its run is alive.
 * There is no foreign key, because a run may create the account list.
 */
export const syncLeases = sqliteTable(
  'sync_leases',
  {
    accountListId: text('account_list_id').primaryKey(),
    runId: text('run_id').notNull(),
  },
  (table) => [index('sync_leases_of_run').on(table.runId)],
)

/**
 * The tombstones of deleted rows, written by triggers and kept for 400 days. A row of several
 * account lists has one for each, and a row of none has one whose account list is `''`. There is no
 * foreign key, because a tombstone outlives its account list.
 */
export const deletedRecords = sqliteTable(
  'deleted_records',
  {
    /** The table: `contacts`, `donations`, `tasks`, `appeals` or `people`. */
    type: text('type').notNull(),
    id: text('id').notNull(),
    accountListId: text('account_list_id').notNull(),
    deletedAt: text('deleted_at').notNull().default(now),
  },
  (table) => [
    primaryKey({ columns: [table.type, table.id, table.accountListId] }),
    ...areTimes(table.deletedAt),
    index('deleted_records_of_account_list').on(
      table.accountListId,
      table.type,
      table.deletedAt,
      table.id,
    ),
    index('deleted_records_by_time').on(table.type, table.deletedAt, table.id),
  ],
)
