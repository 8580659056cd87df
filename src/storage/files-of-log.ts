import { sql } from 'drizzle-orm'
import { accountListUsers, exportFiles, exportLogs } from '../db/schema/index.ts'

/**
 * The kept files of a log by variant, with the names and the order of members that its document
 * shows.
 */
export type FilesOfLog = Readonly<
  Record<
    string,
    {
      readonly bytes: number
      readonly cut?: number
      readonly labels?: number
      readonly left_out?: number
      readonly produced_at: string
      readonly rows: number
      readonly sha256: string
      readonly shrunk?: number
    }
  >
>

/**
 * The column, for a query of export logs, with the kept files of each log. It includes only those
 * that the user would be given: a file with contacts of an account list that the user can no longer
 * read is made again.
 */
export const filesOfLog = (userId: string) =>
  sql<FilesOfLog>`(
    select json_group_object(variant, json(description)) from (
      select ${exportFiles.variant}, iif(${exportFiles.labels} is null,
        json_object('bytes', ${exportFiles.bytes}, 'produced_at', ${exportFiles.producedAt},
          'rows', ${exportFiles.rows}, 'sha256', ${exportFiles.sha256}),
        json_object('bytes', ${exportFiles.bytes}, 'cut', ${exportFiles.cut},
          'labels', ${exportFiles.labels}, 'left_out', ${exportFiles.leftOut},
          'produced_at', ${exportFiles.producedAt}, 'rows', ${exportFiles.rows},
          'sha256', ${exportFiles.sha256}, 'shrunk', ${exportFiles.shrunk})) as description
      from ${exportFiles}
      where ${exportFiles.exportLogId} = ${exportLogs.id} and ${exportFiles.version} is not null
        and ${exportFiles.discarded} = 0 and not exists (
          select 1 from json_each(${exportFiles.accountListIds}) where value not in (
            select ${accountListUsers.accountListId} from ${accountListUsers}
            where ${accountListUsers.userId} = ${userId}))
      order by ${exportFiles.variant}))`.mapWith({
    mapFromDriverValue: (text: string): FilesOfLog => JSON.parse(text),
  })
