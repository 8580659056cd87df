import { sql, type SQL } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { accountListUsers, exportLogs } from '../../db/schema/index.ts'
import { AccessWithdrawn } from './access-withdrawn.ts'

/** Who receives a file, and of which log. */
export type FileAccess = { readonly userId: string; readonly exportLogId: string }

/** Checks that a user may still have a file, as part of each statement that reads contacts. */
export type AccessCheck = {
  /** The SQL of one value that lists what has been withdrawn. */
  readonly withdrawnJson: () => SQL
  /**
   * Takes that value.
   *
   * @throws AccessWithdrawn when the log, or an account list that has contacts in the file so far,
   *   has been withdrawn
   */
  readonly accept: (value: unknown) => void
  /**
   * Takes the account lists of contacts that are about to be returned.
   *
   * @throws AccessWithdrawn when one of them has been withdrawn
   */
  readonly admit: (accountListIds: ReadonlySet<string>) => Promise<void>
}

/** For a response of one page: access was decided a moment ago. */
export const noAccessCheck: AccessCheck = {
  withdrawnJson: () => sql`null`,
  accept: () => undefined,
  admit: async () => undefined,
}

/**
 * Up to this number of account lists in scope, all of them are checked with each page. With more,
 * only those that have contacts in the file so far.
 */
const FEW_LISTS = 100

/**
 * The check for a file. It stops the file when the log is deleted, or when an account list that has
 * contacts in the file can no longer be read. It ignores an account list without contacts in the
 * file.
 *
 * @param scope the account lists whose contacts may be in the file
 */
export function accessCheck(
  database: Database,
  { userId, exportLogId }: FileAccess,
  scope: readonly string[],
): AccessCheck {
  const inFile = new Set<string>()
  const checked = new Set(scope.length <= FEW_LISTS ? scope : [])
  /** What the last page said of the checked ones. */
  let withdrawn: Withdrawn = new Set()

  const withdrawnAmong = (accountListIds: ReadonlySet<string>): SQL => sql`(
    select json_group_array(value) from (
      select list.value as value from json_each(${JSON.stringify([...accountListIds])}) as list
      where not exists (
        select 1 from ${accountListUsers}
        where ${accountListUsers.accountListId} = list.value
          and ${accountListUsers.userId} = ${userId})
      union all select null where not exists (
        select 1 from ${exportLogs}
        where ${exportLogs.id} = ${exportLogId} and ${exportLogs.userId} = ${userId})))`

  return {
    withdrawnJson: () => withdrawnAmong(checked),

    accept(value) {
      withdrawn = withdrawnIn(value)
      stopIfWithdrawn(withdrawn, inFile)
    },

    async admit(accountListIds) {
      const unchecked = new Set([...accountListIds].filter((id) => !checked.has(id)))
      for (const id of accountListIds) {
        inFile.add(id)
        checked.add(id)
      }
      stopIfWithdrawn(withdrawn, accountListIds)
      if (unchecked.size === 0) return
      const [row] = await database.values<[value: unknown]>(
        sql`select ${withdrawnAmong(unchecked)} as value`,
      )
      stopIfWithdrawn(withdrawnIn(row?.[0]), unchecked)
    },
  }
}

/** Ids of account lists that can no longer be read, and null when the log has been deleted. */
type Withdrawn = ReadonlySet<string | null>

// The JSON comes from our own SQL.
const withdrawnIn = (value: unknown): Withdrawn => new Set<string | null>(JSON.parse(String(value)))

function stopIfWithdrawn(withdrawn: Withdrawn, accountListIds: ReadonlySet<string>): void {
  if (withdrawn.has(null)) {
    throw new AccessWithdrawn('log_deleted', 'The export log was deleted during the export.')
  }
  if ([...withdrawn].some((id) => id !== null && accountListIds.has(id))) {
    const message = 'The user can no longer read an account list of the file.'
    throw new AccessWithdrawn('access_withdrawn', message)
  }
}
