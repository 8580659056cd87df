import type { Contact, Person } from '../../contact.ts'
import { primaryOf, spouseOf } from '../../people.ts'
import type { AccountList } from './account-lists-by-id.ts'
import { TAG_SEPARATOR } from './read-long-texts.ts'
import {
  addressFields,
  contactFields,
  memberFields,
  personFields,
  reachFields,
  type ContactArray,
  type MemberArray,
  type ReachArray,
} from './row-arrays.ts'

/**
 * The contact of a row.
 *
 * @returns `undefined` when it is in none of the account lists, or when it has people and all of
 *   them are deceased
 */
export function contactOfRow(
  id: string,
  array: ContactArray,
  lists: ReadonlyMap<string, AccountList>,
): Contact | undefined {
  const row = contactFields(array)
  const list = lists.get(row.accountListId)
  const members = row.members.flatMap((member) => memberOf(member) ?? [])
  const primary = primaryOf(members)
  if (!list || (members.length > 0 && !primary)) return undefined
  return {
    id,
    accountListId: row.accountListId,
    name: row.name,
    greeting: row.greeting,
    envelopeGreeting: row.envelopeGreeting,
    isOrganization: row.isOrganization === 1,
    status: row.status,
    pledgeAmount: amountOf(row.pledgeAmount),
    pledgeCurrency: row.pledgeCurrency,
    pledgeFrequency: row.pledgeFrequency === 'NULL' ? null : Number(row.pledgeFrequency),
    pledgeReceived: row.pledgeReceived === 1,
    sendNewsletter: row.sendNewsletter,
    tags: typeof row.tags === 'string' ? row.tags.split(TAG_SEPARATOR) : (row.tags ?? []),
    address: row.address ? addressFields(row.address) : undefined,
    primary: primary?.person,
    spouse: spouseOf(members, primary)?.person,
    namesDonorAccount: row.namesDonorAccount === 1,
    accountListName: list.name,
    homeCountry: list.homeCountry,
    defaultCurrency: list.defaultCurrency,
  }
}

/** `null` where the text is no finite number. */
function amountOf(text: string): number | null {
  const amount = Number(text)
  return Number.isFinite(amount) ? amount : null
}

function memberOf(array: MemberArray) {
  const member = memberFields(array)
  if (!member.person) return undefined
  const person = personFields(member.person)
  return {
    personId: member.personId,
    isMale: person.isMale === 1,
    deceased: person.deceased === 1,
    personCreatedAt: person.createdAt,
    isPrimary: member.isPrimary === 1,
    person: personOf(person),
  }
}

function personOf({
  firstName,
  lastName,
  emails,
  phones,
}: ReturnType<typeof personFields>): Person {
  const [email, otherEmail] = primaryAndOther(emails)
  const [phone, otherPhone] = primaryAndOther(phones)
  return { firstName, lastName, email, otherEmail, phone, otherPhone }
}

/** The primary one comes first. Where the first one is not marked primary, it is the other one. */
function primaryAndOther([firstArray, secondArray]: readonly ReachArray[]): readonly [
  primary: string | undefined,
  other: string | undefined,
] {
  if (!firstArray) return [undefined, undefined]
  const first = reachFields(firstArray)
  if (first.isPrimary !== 1) return [undefined, first.value ?? undefined]
  const second = secondArray && reachFields(secondArray)
  return [first.value ?? undefined, second?.value ?? undefined]
}
