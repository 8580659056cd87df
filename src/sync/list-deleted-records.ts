import { eq, sql, type SQL } from 'drizzle-orm'
import type { Database } from '../db/client.ts'
import { accountListUsers, deletedRecords } from '../db/schema/index.ts'
import type { Position, RequestedPage } from '../http/json-api/pages.ts'

/** The types of rows whose deletion is recorded. */
export const DELETED_TYPES = ['appeals', 'contacts', 'donations', 'people', 'tasks'] as const

export type DeletedType = (typeof DELETED_TYPES)[number]

/** Whose deletions are listed: of the account lists that a user may read, of these, or of all. */
export type DeletedRecordsScope =
  | { readonly readableBy: string }
  | { readonly accountListIds: readonly string[] }
  | 'all'

export type DeletedRecord = {
  readonly type: string
  readonly id: string
  /** One of those in scope; `''` where the row was of none. */
  readonly accountListId: string
  readonly deletedAt: string
}

export type DeletedRecordPage = {
  readonly records: readonly DeletedRecord[]
  readonly hasPrevious: boolean
  readonly hasNext: boolean
}

/** The position of a record in the list. */
export const positionOf = ({ deletedAt, type, id }: DeletedRecord): Position => [
  deletedAt,
  type,
  id,
]

/** Greater than every id. */
const LAST_ID = '~'

export type DeletedRecordListing = {
  readonly types: readonly DeletedType[]
  /** A time; `''` for all. */
  readonly since: string
  readonly page: RequestedPage
}

/** A page of the deletions since a time, oldest first. */
export async function listDeletedRecords(
  database: Database,
  scope: DeletedRecordsScope,
  { types, since, page: { size, after, before } }: DeletedRecordListing,
): Promise<DeletedRecordPage> {
  const range = { scope, types, since, place: before ?? after }
  const direction = before ? 'before' : 'after'
  const [found, others] = await database.batch([
    recordsOf(database, { ...range, direction, isInclusive: false, limit: size + 1 }),
    recordsOf(database, {
      ...range,
      direction: before ? 'after' : 'before',
      isInclusive: true,
      limit: range.place ? 1 : 0,
    }),
  ])
  const records = found.slice(0, size)
  const hasMore = found.length > records.length
  const hasOthers = others.length > 0
  return {
    records: before ? records.toReversed() : records,
    hasPrevious: before ? hasMore : hasOthers,
    hasNext: before ? hasOthers : hasMore,
  }
}

type Range = {
  readonly scope: DeletedRecordsScope
  readonly types: readonly DeletedType[]
  readonly since: string
  readonly place: Position | undefined
  readonly direction: 'after' | 'before'
  /** Whether the place itself belongs to the range. */
  readonly isInclusive: boolean
  readonly limit: number
}

/**
 * The query for the records next to a place in the list. A record of several account lists is
 * listed once.
 *
 * Of each type and account list, a range of an index is read that is no longer than the page, so
 * that the cost depends neither on what others have deleted nor on how far the list has been read.
 */
function recordsOf(
  database: Database,
  { scope, types, since, place, direction, isInclusive, limit }: Range,
) {
  const order = direction === 'before' ? sql`desc` : sql`asc`
  const ofList = scope === 'all' ? sql`` : sql`${deletedRecords.accountListId} = lists.id and`
  // After a place, the place is the start of the range of the index. The plus keeps the time out of it.
  const start = place && direction === 'after' ? sql`+` : sql``
  const isRecent = sql`${start}${deletedRecords.deletedAt} >= ${since}`
  const nearest = sql`
    select ${deletedRecords.deletedAt}, ${deletedRecords.type}, ${deletedRecords.id},
      ${deletedRecords.accountListId}
    from ${deletedRecords}
    where ${ofList} ${deletedRecords.type} = types.name
      and ${isRecent} and ${place ? isBeyond(place, direction, isInclusive) : sql`true`}
    order by ${deletedRecords.deletedAt} ${order}, ${deletedRecords.id} ${order}
    limit ${limit}`
  const at = sql<string>`found.value ->> 0`
  const type = sql<string>`found.value ->> 1`
  const id = sql<string>`found.value ->> 2`
  return database
    .select({
      deletedAt: at.as('deleted_at'),
      type: type.as('type'),
      id: id.as('id'),
      accountListId: sql<string>`min(found.value ->> 3)`.as('account_list_id'),
    })
    .from(
      sql`${scope === 'all' ? sql`` : sql`(${listsOf(scope)}) as lists cross join`}
        (select value as name from json_each(${JSON.stringify(types)})) as types
        cross join json_each((
          select json_group_array(json_array(deleted_at, type, id, account_list_id))
          from (${nearest}))) as found`,
    )
    .groupBy(at, type, id)
    .orderBy(sql`1 ${order}`, sql`2 ${order}`, sql`3 ${order}`)
    .limit(limit)
}

function listsOf(scope: Exclude<DeletedRecordsScope, 'all'>): SQL {
  return 'accountListIds' in scope
    ? sql`select value as id from json_each(${JSON.stringify(scope.accountListIds)})`
    : sql`select ${accountListUsers.accountListId} as id from ${accountListUsers}
        where ${eq(accountListUsers.userId, scope.readableBy)}`
}

/** The list is in the order of time, type and id. Within a type that is one range of the index. */
function isBeyond(
  [at = '', type = '', id = '']: Position,
  direction: 'after' | 'before',
  isInclusive: boolean,
): SQL {
  const equals = isInclusive ? '=' : ''
  const operator = sql.raw(`${direction === 'before' ? '<' : '>'}${equals}`)
  return sql`(${deletedRecords.deletedAt}, ${deletedRecords.id}) ${operator} (${at},
    case when types.name < ${type} then ${LAST_ID} when types.name = ${type} then ${id} else '' end)`
}
