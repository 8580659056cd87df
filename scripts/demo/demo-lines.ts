import { getTableColumns } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { demoTables, type DemoRows } from './demo-rows.ts'

/** A line of the sync API. */
type Line = {
  readonly type: string
  readonly id: string
  readonly attributes: Readonly<Record<string, unknown>>
}

/** The demo data as lines of the sync API: what a line refers to comes before it. */
export function demoLines(rows: DemoRows): readonly Line[] {
  const usersOf = grouped(rows.accountListUsers, 'accountListId')
  const designationsOf = grouped(rows.accountListDesignationAccounts, 'accountListId')
  const tagsOf = grouped(rows.contactTags, 'contactId')
  const membersOf = grouped(rows.contactPeople, 'contactId')
  const people = new Map(rows.people.map((person) => [person.id, person]))
  const emailsOf = grouped(rows.emailAddresses, 'personId')
  const phonesOf = grouped(rows.phoneNumbers, 'personId')
  const facebookOf = grouped(rows.personFacebookAccounts, 'personId')
  const addressesOf = grouped(rows.addresses, 'contactId')
  const donorsOf = grouped(rows.contactDonorAccounts, 'contactId')
  const referrersOf = grouped(rows.contactReferrals, 'referredToId')
  const statusLogsOf = grouped(rows.partnerStatusLogs, 'contactId')
  const contactsOfAppeal = grouped(rows.appealContacts, 'appealId')
  const contactsOfTask = grouped(rows.taskContacts, 'taskId')

  const personOf = ({ personId, isPrimary }: DemoRows['contactPeople'][number]) => ({
    ...columnsOf('people', people.get(personId) ?? {}),
    is_primary: isPrimary ?? false,
    email_addresses: emailsOf(personId).map((row) => columnsOf('emailAddresses', row, 'personId')),
    phone_numbers: phonesOf(personId).map((row) => columnsOf('phoneNumbers', row, 'personId')),
    facebook_accounts: facebookOf(personId).map((row) =>
      columnsOf('personFacebookAccounts', row, 'personId'),
    ),
  })

  return [
    ...rows.designationAccounts.map((row) => lineOf('designationAccounts', row)),
    ...rows.accountLists.map((row) =>
      lineOf('accountLists', row, {
        users: usersOf(row.id).map(({ userId }) => userId),
        designation_accounts: designationsOf(row.id).map((one) => one.designationAccountId),
      }),
    ),
    ...rows.donorAccounts.map((row) => lineOf('donorAccounts', row)),
    ...rows.contacts.map((row) =>
      lineOf('contacts', row, {
        tags: tagsOf(row.id).map(({ name }) => name),
        people: membersOf(row.id).map(personOf),
        addresses: addressesOf(row.id).map((one) => columnsOf('addresses', one, 'contactId')),
        donor_accounts: donorsOf(row.id).map(({ donorAccountId }) => donorAccountId),
        referred_by: referrersOf(row.id).map(({ referredById }) => referredById),
        partner_status_logs: statusLogsOf(row.id).map((one) =>
          columnsOf('partnerStatusLogs', one, 'contactId'),
        ),
      }),
    ),
    ...rows.appeals.map((row) =>
      lineOf('appeals', row, {
        contacts: contactsOfAppeal(row.id).map(({ contactId }) => contactId),
      }),
    ),
    ...rows.tasks.map((row) =>
      lineOf('tasks', row, { contacts: contactsOfTask(row.id).map(({ contactId }) => contactId) }),
    ),
    ...rows.donations.map((row) => lineOf('donations', row)),
    ...rows.donationAmountRecommendations.map((row) =>
      lineOf('donationAmountRecommendations', row),
    ),
  ]
}

type TableName = keyof typeof demoTables

function lineOf(
  table: TableName,
  row: { readonly id: string },
  lists: Readonly<Record<string, unknown>> = {},
): Line {
  const { id, ...attributes } = columnsOf(table, row)
  const type = table.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  return { type, id: String(id), attributes: { ...attributes, ...lists } }
}

/** The members of a row by the names of their columns, without the one that names its owner. */
function columnsOf(table: TableName, row: object, owner?: string): Record<string, unknown> {
  const source: SQLiteTable = demoTables[table]
  const columns = getTableColumns(source)
  return Object.fromEntries(
    Object.entries(row)
      .filter(([key]) => key !== owner)
      .map(([key, value]) => [columns[key]?.name ?? key, value]),
  )
}

/** Finds rows by one of their members. */
function grouped<Key extends string, Row extends Readonly<Record<Key, string>>>(
  rows: readonly Row[],
  key: Key,
): (value: string) => readonly Row[] {
  const groups = Map.groupBy(rows, (row): string => row[key])
  return (value) => groups.get(value) ?? []
}
