import type { World } from './world.ts'

type Row = Readonly<Record<string, unknown>>

/** A line of the sync API. */
export type SyncLine = {
  readonly type: string
  readonly id: string
  readonly attributes?: Record<string, unknown>
  readonly removed?: true
}

/** A world as lines, in an order in which what a line refers to comes earlier. */
export const linesOf = (world: World): SyncLine[] => lineGroupsOf(world).flat()

/** The same in groups, within which lines may come in any order. */
export const lineGroupsOf = (world: World): SyncLine[][] => [
  world.designation_accounts.map((row) => lineOf('designation_accounts', row)),
  world.account_lists.map((row) =>
    lineOf('account_lists', row, {
      users: world.account_list_users
        .filter(isOf('account_list_id', row))
        .map((one) => one.user_id),
      designation_accounts: world.account_list_designation_accounts
        .filter(isOf('account_list_id', row))
        .map((one) => one.designation_account_id),
    }),
  ),
  world.donor_accounts.map((row) => lineOf('donor_accounts', row)),
  world.contacts.map((row) => contactLine(world, row)),
  // A contact may be referred by one that comes later.
  world.contacts.map(({ id }) =>
    lineOf(
      'contacts',
      { id },
      {
        referred_by: world.contact_referrals
          .filter((one) => one.referred_to_id === id)
          .map((one) => one.referred_by_id),
      },
    ),
  ),
  world.appeals.map((row) =>
    lineOf('appeals', row, {
      contacts: world.appeal_contacts.filter(isOf('appeal_id', row)).map((one) => one.contact_id),
    }),
  ),
  world.tasks.map((row) =>
    lineOf('tasks', row, {
      contacts: world.task_contacts.filter(isOf('task_id', row)).map((one) => one.contact_id),
    }),
  ),
  world.donations.map((row) => lineOf('donations', row)),
  world.donation_amount_recommendations.map((row) =>
    lineOf('donation_amount_recommendations', row),
  ),
]

const contactLine = (world: World, contact: World['contacts'][number]): SyncLine =>
  lineOf('contacts', contact, {
    tags: world.contact_tags.filter(isOf('contact_id', contact)).map(({ name }) => name),
    people: world.contact_people
      .filter(isOf('contact_id', contact))
      .map((member) => personOf(world, member.person_id)),
    addresses: owned(world.addresses, 'contact_id', contact.id),
    donor_accounts: world.contact_donor_accounts
      .filter(isOf('contact_id', contact))
      .map((one) => one.donor_account_id),
    partner_status_logs: owned(world.partner_status_logs, 'contact_id', contact.id),
  })

const personOf = (world: World, personId: string): Row => ({
  ...world.people.find(({ id }) => id === personId),
  email_addresses: owned(world.email_addresses, 'person_id', personId),
  phone_numbers: owned(world.phone_numbers, 'person_id', personId),
  facebook_accounts: owned(world.person_facebook_accounts, 'person_id', personId),
})

const lineOf = (
  type: string,
  { id, ...attributes }: { readonly id: string },
  lists: Row = {},
): SyncLine => ({ type, id, attributes: { ...attributes, ...lists } })

const isOf =
  <Key extends string>(column: Key, { id }: { readonly id: string }) =>
  (row: Readonly<Record<Key, string>>): boolean =>
    row[column] === id

/** The rows of an owner, without the column that names it. */
const owned = (rows: readonly Row[], column: string, owner: string): Row[] =>
  rows
    .filter((row) => row[column] === owner)
    .map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => name !== column)))
