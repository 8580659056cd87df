import { sql, type SQL } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { accountListUsers, exportLogs } from '../../db/schema/index.ts'
import { AccessWithdrawn } from './access-withdrawn.ts'

/** Who has a file, and of which log. */
export type FileAccess = { readonly userId: string; readonly exportLogId: string }

/** The check that a user may still have a file, which goes with each statement for its contacts. */
export type AccessCheck = {
  /** The SQL of one value that says what has been withdrawn. */
  readonly query: () => SQL
  /**
   * Takes that value in.
   *
   * @throws AccessWithdrawn when the log, or an account list of the file so far, has been withdrawn
   */
  readonly checkResult: (value: unknown) => void
  /**
   * Takes note of contacts of these account lists, before they are shown.
   *
   * @throws AccessWithdrawn when one has been withdrawn
   */
  readonly admit: (accountListIds: ReadonlySet<string>) => Promise<void>
}

/** Where nothing may be withdrawn between the decision on access and the answer. */
export const noAccessCheck: AccessCheck = {
  query: () => sql`null`,
  checkResult: () => undefined,
  admit: async () => undefined,
}

/**
 * With so many account lists in scope all of them are checked with each page; with more, those of
 * the file so far.
 */
const FEW_LISTS = 100

/**
 * The check for a file. It breaks off when the log is deleted, or when an account list that has
 * contacts in the file can no longer be read: not for one that the file has nothing of.
 *
 * @param scope the account lists whose contacts may be in the file
 */
export function accessCheck(
  database: Database,
  { userId, exportLogId }: FileAccess,
  scope: readonly string[],
): AccessCheck {
  const inFile = new Set<string>()
  const known = new Set(scope.length <= FEW_LISTS ? scope : [])
  /** What the last page said of the known ones. */
  let withdrawn: Withdrawn = new Set()

  const withdrawnAmong = (accountListIds: ReadonlySet<string>): SQL => sql`(
    select json_group_array(value) from (
      select list.value as value from json_each(${JSON.stringify([...accountListIds])}) as list
      where not exists (
        select 1 from ${accountListUsers}
        where ${accountListUsers.accountListId} = list.value
          and ${accountListUsers.userId} = ${userId})
      union all select null where not exists (
        select 1 from ${exportLogs} where ${exportLogs.id} = ${exportLogId}
          and ${exportLogs.userId} = ${userId})))`

  return {
    query: () => withdrawnAmong(known),

    checkResult(value) {
      withdrawn = withdrawnIn(value)
      throwIfWithdrawn(withdrawn, inFile)
    },

    async admit(accountListIds) {
      const unknown = new Set([...accountListIds].filter((id) => !known.has(id)))
      for (const id of accountListIds) {
        inFile.add(id)
        known.add(id)
      }
      throwIfWithdrawn(withdrawn, accountListIds)
      if (unknown.size === 0) return
      const [row] = await database.values<[value: unknown]>(
        sql`select ${withdrawnAmong(unknown)} as value`,
      )
      throwIfWithdrawn(withdrawnIn(row?.[0]), unknown)
    },
  }
}

/** Ids of account lists that can no longer be read, and null where the log is gone. */
type Withdrawn = ReadonlySet<string | null>

// What our own SQL has put together.
const withdrawnIn = (value: unknown): Withdrawn => new Set<string | null>(JSON.parse(String(value)))

function throwIfWithdrawn(withdrawn: Withdrawn, accountListIds: ReadonlySet<string>): void {
  if (withdrawn.has(null)) {
    throw new AccessWithdrawn('log_deleted', 'The export log was deleted while its file was made.')
  }
  if ([...withdrawn].some((id) => id !== null && accountListIds.has(id))) {
    throw new AccessWithdrawn(
      'access_withdrawn',
      'The user can no longer read an account list of the file.',
    )
  }
}
