import { getTableName } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import {
  accountListDesignationAccounts,
  accountLists,
  accountListUsers,
  addresses,
  appealContacts,
  appeals,
  contactDonorAccounts,
  contactReferrals,
  contacts,
  contactTags,
  designationAccounts,
  donationAmountRecommendations,
  donations,
  donorAccounts,
  emailAddresses,
  partnerStatusLogs,
  people,
  personFacebookAccounts,
  phoneNumbers,
  taskContacts,
  tasks,
} from '../../db/schema/index.ts'
import { rowTableOf, type RowTable } from './row-tables.ts'

/** A list of values: rows of two columns, the owner and a value. */
export type PairList = {
  readonly kind: 'pairs'
  readonly member: string
  readonly table: string
  readonly owner: string
  readonly value: string
  /** The table of the rows that the values name. Without it they are texts. */
  readonly references: RowTable | undefined
  /** The rows have ids, which no line gives. */
  readonly hasIds: boolean
}

/** A list of rows that have ids, whose column `owner` names the row that has the list. */
export type RowList = {
  readonly kind: 'rows'
  readonly member: string
  readonly table: RowTable
  readonly owner: string
}

/** The people of a contact, in the order of membership, each with lists of their own. */
export type PeopleList = {
  readonly kind: 'people'
  readonly member: string
  readonly table: RowTable
  readonly lists: readonly RowList[]
}

export type OwnedList = PairList | RowList | PeopleList

/** A type of line: a table, and the lists that its rows own. */
export type LineType = {
  readonly name: string
  readonly table: RowTable
  readonly lists: readonly OwnedList[]
}

const PEOPLE: PeopleList = {
  kind: 'people',
  member: 'people',
  table: rowTableOf(getTableName(people)),
  lists: [
    rows('email_addresses', emailAddresses, 'person_id'),
    rows('phone_numbers', phoneNumbers, 'person_id'),
    rows('facebook_accounts', personFacebookAccounts, 'person_id'),
  ],
}

/** Every type of line. Columns follow from the schema of the database. */
export const LINE_TYPES: readonly LineType[] = [
  lineType(accountLists, [
    pairs('users', accountListUsers, 'account_list_id', 'user_id'),
    pairs(
      'designation_accounts',
      accountListDesignationAccounts,
      'account_list_id',
      'designation_account_id',
      designationAccounts,
    ),
  ]),
  lineType(designationAccounts),
  lineType(donorAccounts),
  lineType(contacts, [
    pairs('tags', contactTags, 'contact_id', 'name'),
    PEOPLE,
    rows('addresses', addresses, 'contact_id'),
    pairs('donor_accounts', contactDonorAccounts, 'contact_id', 'donor_account_id', donorAccounts),
    {
      ...pairs('referred_by', contactReferrals, 'referred_to_id', 'referred_by_id', contacts),
      hasIds: true,
    },
    rows('partner_status_logs', partnerStatusLogs, 'contact_id'),
  ]),
  lineType(donations),
  lineType(donationAmountRecommendations),
  lineType(appeals, [pairs('contacts', appealContacts, 'appeal_id', 'contact_id', contacts)]),
  lineType(tasks, [pairs('contacts', taskContacts, 'task_id', 'contact_id', contacts)]),
]

/** Every list of values, and every list of rows. */
export const PAIR_LISTS: readonly PairList[] = LINE_TYPES.flatMap(({ lists }) =>
  lists.filter((list) => list.kind === 'pairs'),
)
export const ROW_LISTS: readonly RowList[] = [
  ...PEOPLE.lists,
  ...LINE_TYPES.flatMap(({ lists }) => lists.filter((list) => list.kind === 'rows')),
]

function lineType(table: SQLiteTable, lists: readonly OwnedList[] = []): LineType {
  return { name: getTableName(table), table: rowTableOf(getTableName(table)), lists }
}

function pairs(
  member: string,
  table: SQLiteTable,
  owner: string,
  value: string,
  references?: SQLiteTable,
): PairList {
  return {
    kind: 'pairs',
    member,
    table: getTableName(table),
    owner,
    value,
    references: references && rowTableOf(getTableName(references)),
    hasIds: false,
  }
}

function rows(member: string, table: SQLiteTable, owner: string): RowList {
  return { kind: 'rows', member, table: rowTableOf(getTableName(table)), owner }
}
