import { and, eq, sql } from 'drizzle-orm'
import type { Database } from '../db/client.ts'
import { accountListUsers, exportFiles, exportLogs } from '../db/schema/index.ts'

/** Which file: of which log, and what follows the log's id in the object's key. */
export type FileName = { readonly exportLogId: string; readonly variant: string }

/** What is known of a kept file. */
export type KeptFile = {
  readonly version: string
  readonly rows: number
  readonly bytes: number
  /** Of the bytes as sent, in hexadecimal. */
  readonly sha256: string
  /** `2022-01-12T17:18:07Z` */
  readonly producedAt: string
  /** The account lists whose contacts are in it. */
  readonly accountListIds: readonly string[]
}

/** Where the objects of all files are. */
export const OBJECT_PREFIX = 'exports/'

export const objectKey = ({ exportLogId, variant }: FileName): string =>
  `${OBJECT_PREFIX}${exportLogId}.${variant}`

/** The file of an object; `undefined` when its key is that of none. */
export function parseObjectKey(key: string): FileName | undefined {
  const [, exportLogId, variant] = /^exports\/([^./]+)\.([^/]+)$/.exec(key) ?? []
  return exportLogId && variant ? { exportLogId, variant } : undefined
}

export const isFile = ({ exportLogId, variant }: FileName) =>
  and(eq(exportFiles.exportLogId, exportLogId), eq(exportFiles.variant, variant))

/** The query for what is known of a log's files. */
export const fileRecords = (database: Database, exportLogId: string) =>
  database
    .select({
      variant: exportFiles.variant,
      version: exportFiles.version,
      rows: exportFiles.rows,
      bytes: exportFiles.bytes,
      sha256: exportFiles.sha256,
      producedAt: exportFiles.producedAt,
      accountListIds: exportFiles.accountListIds,
    })
    .from(exportFiles)
    .where(and(eq(exportFiles.exportLogId, exportLogId), eq(exportFiles.discarded, false)))

/** The kept file of a record, if it tells of one. */
export function keptFile(
  record: Awaited<ReturnType<typeof fileRecords>>[number] | undefined,
): KeptFile | undefined {
  const { version, rows = null, bytes = null, sha256, producedAt } = record ?? {}
  if (!version || rows === null || bytes === null || !sha256 || !producedAt) return undefined
  const accountListIds: string[] = JSON.parse(record?.accountListIds ?? '[]')
  return { version, rows, bytes, sha256, producedAt, accountListIds }
}

/** What a log tells of its kept files, by variant, in the words and the order of its document. */
export type FilesOfLog = Readonly<
  Record<
    string,
    {
      readonly bytes: number
      readonly produced_at: string
      readonly rows: number
      readonly sha256: string
    }
  >
>

/**
 * The column, of a query for export logs, that tells of each log's kept files: of those that the user would be given, since
 * a file with contacts of an account list that they may read no more is made anew.
 */
export const filesOfLog = (userId: string) =>
  sql<FilesOfLog>`(
    select json_group_object(variant, json(description)) from (
      select ${exportFiles.variant}, json_object('bytes', ${exportFiles.bytes},
        'produced_at', ${exportFiles.producedAt}, 'rows', ${exportFiles.rows},
        'sha256', ${exportFiles.sha256}) as description
      from ${exportFiles}
      where ${exportFiles.exportLogId} = ${exportLogs.id} and ${exportFiles.version} is not null
        and ${exportFiles.discarded} = 0 and not exists (
          select 1 from json_each(${exportFiles.accountListIds}) where value not in (
            select ${accountListUsers.accountListId} from ${accountListUsers}
            where ${accountListUsers.userId} = ${userId}))
      order by ${exportFiles.variant}))`.mapWith({
    mapFromDriverValue: (text: string): FilesOfLog => JSON.parse(text),
  })
