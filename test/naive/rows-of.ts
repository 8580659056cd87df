import type { Address, Contact, Donation, Task, World } from './world.ts'

/** The rows of a contact, found by looking at all of them. */
export const peopleOf = (world: World, contact: Contact) =>
  world.people.filter(({ id }) =>
    world.contact_people.some((row) => row.contact_id === contact.id && row.person_id === id),
  )

export const addressesOf = (world: World, contact: Contact): Address[] =>
  world.addresses.filter((row) => row.contact_id === contact.id && row.deleted === 0)

export const donorAccountsOf = (world: World, contact: Contact) =>
  world.donor_accounts.filter(({ id }) =>
    world.contact_donor_accounts.some(
      (row) => row.contact_id === contact.id && row.donor_account_id === id,
    ),
  )

/** The designation accounts of the account lists in scope. */
export const designationsOf = (world: World, lists: readonly string[]): string[] =>
  world.account_list_designation_accounts
    .filter((row) => lists.includes(row.account_list_id))
    .map((row) => row.designation_account_id)

/** Donations to the user's designation accounts by the contact's donor accounts. */
export function giftsOf(world: World, lists: readonly string[], contact: Contact): Donation[] {
  const donors = new Set(donorAccountsOf(world, contact).map(({ id }) => id))
  const designations = new Set(designationsOf(world, lists))
  return world.donations.filter(
    (row) =>
      donors.has(row.donor_account_id) &&
      row.designation_account_id !== null &&
      designations.has(row.designation_account_id),
  )
}

/** The tasks of a contact that belong to account lists in scope. */
export const tasksOf = (world: World, lists: readonly string[], contact: Contact): Task[] =>
  world.tasks.filter(
    ({ id, account_list_id }) =>
      lists.includes(account_list_id) &&
      world.task_contacts.some((row) => row.contact_id === contact.id && row.task_id === id),
  )

/** The appeals of a contact that belong to account lists in scope. */
export const appealsOf = (world: World, lists: readonly string[], contact: Contact): string[] =>
  world.appeals
    .filter(
      ({ id, account_list_id }) =>
        lists.includes(account_list_id) &&
        world.appeal_contacts.some((row) => row.contact_id === contact.id && row.appeal_id === id),
    )
    .map(({ id }) => id)

/** Who referred a contact, among the contacts of the account lists in scope. */
export const referrersOf = (world: World, lists: readonly string[], contact: Contact): string[] =>
  world.contacts
    .filter(
      ({ id, account_list_id }) =>
        lists.includes(account_list_id) &&
        world.contact_referrals.some(
          (row) => row.referred_to_id === contact.id && row.referred_by_id === id,
        ),
    )
    .map(({ id }) => id)
