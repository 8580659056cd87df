import type { World } from './world.ts'

const TIME = '2024-01-01T00:00:00Z'

/**
 * The part of a world that lines can express: people of contacts, a referral once, texts in NFC, and
 * a time for every row that has one.
 */
export function expressible(world: World): World {
  const copy: World = JSON.parse(JSON.stringify(world).normalize('NFC'))
  const members = new Set(copy.contact_people.map(({ person_id }) => person_id))
  const hasContact = ({ person_id }: { person_id: string }): boolean => members.has(person_id)
  const people = copy.people.filter(({ id }) => members.has(id))
  for (const row of [...copy.account_lists, ...people, ...copy.tasks]) {
    Object.assign(row, { updated_at: TIME })
  }
  const referrals = new Map(
    copy.contact_referrals.map((row) => [`${row.referred_by_id} ${row.referred_to_id}`, row]),
  )
  return {
    ...copy,
    people,
    email_addresses: copy.email_addresses.filter(hasContact),
    phone_numbers: copy.phone_numbers.filter(hasContact),
    person_facebook_accounts: copy.person_facebook_accounts.filter(hasContact),
    contact_referrals: [...referrals.values()],
  }
}
