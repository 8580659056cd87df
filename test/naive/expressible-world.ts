import type { World } from './world.ts'

/**
 * The part of a world that lines can express: people of contacts, a referral once, and texts in
 * NFC.
 */
export function expressible(world: World): World {
  const text = JSON.stringify(world).normalize('NFC')
  const copy: World = JSON.parse(text)
  const members = new Set(copy.contact_people.map(({ person_id }) => person_id))
  const hasContact = ({ person_id }: { person_id: string }): boolean => members.has(person_id)
  return {
    ...copy,
    account_lists: copy.account_lists.map((row) => ({
      ...row,
      updated_at: '2024-01-01T00:00:00Z',
    })),
    people: copy.people
      .filter(({ id }) => members.has(id))
      .map((row) => ({ ...row, updated_at: '2024-01-01T00:00:00Z' })),
    tasks: copy.tasks.map((row) => ({ ...row, updated_at: '2024-01-01T00:00:00Z' })),
    email_addresses: copy.email_addresses.filter(hasContact),
    phone_numbers: copy.phone_numbers.filter(hasContact),
    person_facebook_accounts: copy.person_facebook_accounts.filter(hasContact),
    contact_referrals: [
      ...new Map(
        copy.contact_referrals.map((row) => [`${row.referred_by_id} ${row.referred_to_id}`, row]),
      ).values(),
    ],
  }
}
