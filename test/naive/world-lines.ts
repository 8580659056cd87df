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
export function linesOf(world: World): SyncLine[] {
  const line = (type: string, { id, ...attributes }: { id: string }, more: Row = {}): SyncLine => ({
    type,
    id,
    attributes: { ...attributes, ...more },
  })
  const without = <Key extends string>(rows: readonly Row[], ...keys: Key[]): Row[] =>
    rows.map((row) =>
      Object.fromEntries(Object.entries(row).filter(([name]) => !keys.some((key) => key === name))),
    )
  const designations = (listId: string): string[] =>
    world.account_list_designation_accounts
      .filter((row) => row.account_list_id === listId)
      .map((row) => row.designation_account_id)
  const users = (listId: string): string[] =>
    world.account_list_users
      .filter((row) => row.account_list_id === listId)
      .map(({ user_id }) => user_id)

  const personOf = (personId: string): Row => ({
    ...world.people.find(({ id }) => id === personId),
    email_addresses: without(
      world.email_addresses.filter((row) => row.person_id === personId),
      'person_id',
    ),
    phone_numbers: without(
      world.phone_numbers.filter((row) => row.person_id === personId),
      'person_id',
    ),
    facebook_accounts: without(
      world.person_facebook_accounts.filter((row) => row.person_id === personId),
      'person_id',
    ),
  })
  const contactLine = (contact: World['contacts'][number]): SyncLine =>
    line('contacts', contact, {
      tags: world.contact_tags
        .filter((row) => row.contact_id === contact.id)
        .map(({ name }) => name),
      people: world.contact_people
        .filter((row) => row.contact_id === contact.id)
        .map(({ person_id }) => personOf(person_id)),
      addresses: without(
        world.addresses.filter((row) => row.contact_id === contact.id),
        'contact_id',
      ),
      donor_accounts: world.contact_donor_accounts
        .filter((row) => row.contact_id === contact.id)
        .map((row) => row.donor_account_id),
      partner_status_logs: without(
        world.partner_status_logs.filter((row) => row.contact_id === contact.id),
        'contact_id',
      ),
    })
  const referralsOf = (contactId: string): string[] => [
    ...new Set(
      world.contact_referrals
        .filter((row) => row.referred_to_id === contactId)
        .map((row) => row.referred_by_id),
    ),
  ]
  const contactsOf = (rows: readonly { contact_id: string }[]): string[] =>
    rows.map(({ contact_id }) => contact_id)

  return [
    ...world.designation_accounts.map((row) => line('designation_accounts', row)),
    ...world.account_lists.map((row) =>
      line('account_lists', row, {
        users: users(row.id),
        designation_accounts: designations(row.id),
      }),
    ),
    ...world.donor_accounts.map((row) => line('donor_accounts', row)),
    ...world.contacts.map(contactLine),
    // A contact may be referred by one that comes later.
    ...world.contacts.map(({ id }) => line('contacts', { id }, { referred_by: referralsOf(id) })),
    ...world.appeals.map((row) =>
      line('appeals', row, {
        contacts: contactsOf(world.appeal_contacts.filter(({ appeal_id }) => appeal_id === row.id)),
      }),
    ),
    ...world.tasks.map((row) =>
      line('tasks', row, {
        contacts: contactsOf(world.task_contacts.filter(({ task_id }) => task_id === row.id)),
      }),
    ),
    ...world.donations.map((row) => line('donations', row)),
    ...world.donation_amount_recommendations.map((row) =>
      line('donation_amount_recommendations', row),
    ),
  ]
}
