import { asc, eq } from 'drizzle-orm'
import type { Database } from '../db/client.ts'
import { accountLists, accountListUsers } from '../db/schema/index.ts'

/** The query for the account lists that a user may read. */
export const readableAccountLists = (database: Database, userId: string) =>
  database
    .select({ id: accountListUsers.accountListId })
    .from(accountListUsers)
    .where(eq(accountListUsers.userId, userId))

/** The query for the account lists that a user may read, with their names and ordered by them. */
export const namedAccountLists = (database: Database, userId: string) =>
  database
    .select({ id: accountLists.id, name: accountLists.name })
    .from(accountListUsers)
    .innerJoin(accountLists, eq(accountLists.id, accountListUsers.accountListId))
    .where(eq(accountListUsers.userId, userId))
    .orderBy(asc(accountLists.name), asc(accountLists.id))

export type NamedAccountList = Awaited<ReturnType<typeof namedAccountLists>>[number]
