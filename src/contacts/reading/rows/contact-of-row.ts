import type { AccountList } from '../account-lists.ts'
import type { Address, Contact, Person } from '../../contact.ts'
import { TAG_SEPARATOR } from './long-texts.ts'
import { primaryOf, spouseOf } from '../../people.ts'

/*
 * Rows are tuples by position, as the SQL of this folder writes them: `contactRow`, `memberRows`
 * and `personRow`. Only this file reads them. Objects with names were measured with 100,000 rows:
 * 729 instead of 327 bytes a row, and 0.36 s more of CPU time (SQLite 0.26 instead of 0.15 s,
 * transport 0.26 instead of 0.10 s, reading 0.23 instead of 0.15 s): more than 5 % of an export,
 * which takes 4.7 s.
 */

/** A contact as it comes from the database, with all of it that a file may show. */
export type ContactRow = readonly [
  /** In the order of membership. */
  members: readonly MemberRow[],
  accountListId: string,
  name: string,
  greeting: string | null,
  envelopeGreeting: string | null,
  isOrganization: number,
  status: string | null,
  pledgeAmount: string,
  pledgeCurrency: string | null,
  pledgeFrequency: string,
  pledgeReceived: number,
  sendNewsletter: string | null,
  /** In code-point order: a list, or one text with separators. */
  tags: readonly string[] | string | null,
  address: AddressRow | null,
  namesDonorAccount: number,
]

type AddressRow = readonly [
  street: string | null,
  city: string | null,
  state: string | null,
  postalCode: string | null,
  country: string | null,
]

/** A person of a contact; none where the person has been deleted. */
type MemberRow = readonly [personId: string, isPrimary: number, person: PersonRow | null]

/**
 * A person as it comes from the database, with the e-mail addresses and phone numbers that a file
 * may show.
 */
type PersonRow = readonly [
  firstName: string | null,
  lastName: string | null,
  isMale: number | null,
  deceased: number,
  createdAt: string,
  emails: readonly ReachableRow[],
  phones: readonly ReachableRow[],
]

/** An e-mail address or a phone number. */
type ReachableRow = readonly [value: string | null, isPrimary: number]

/** A contact of which no more can be read than its account list. */
export const emptyRow = (accountListId: string): ContactRow => [
  [],
  accountListId,
  '',
  null,
  null,
  0,
  null,
  'NULL',
  null,
  '',
  0,
  null,
  [],
  null,
  0,
]

/**
 * The contact of a row; none when it is in none of the account lists, or when it has people and all
 * of them are deceased.
 */
export function contactOfRow(
  id: string,
  [
    memberRows,
    accountListId,
    name,
    greeting,
    envelopeGreeting,
    isOrganization,
    status,
    pledgeAmount,
    pledgeCurrency,
    pledgeFrequency,
    pledgeReceived,
    sendNewsletter,
    tags,
    address,
    namesDonorAccount,
  ]: ContactRow,
  lists: ReadonlyMap<string, AccountList>,
): Contact | undefined {
  const list = lists.get(accountListId)
  const members = memberRows.flatMap((row) => memberOf(row) ?? [])
  const primary = primaryOf(members)
  if (!list || (members.length > 0 && !primary)) return undefined
  return {
    id,
    accountListId,
    name,
    greeting,
    envelopeGreeting,
    isOrganization: isOrganization === 1,
    status,
    pledgeAmount: amountOf(pledgeAmount),
    pledgeCurrency,
    pledgeFrequency: pledgeFrequency === 'NULL' ? null : Number(pledgeFrequency),
    pledgeReceived: pledgeReceived === 1,
    sendNewsletter,
    tags: typeof tags === 'string' ? tags.split(TAG_SEPARATOR) : (tags ?? []),
    address: address ? addressOf(address) : undefined,
    primary: primary?.person,
    spouse: spouseOf(members, primary)?.person,
    namesDonorAccount: namesDonorAccount === 1,
    accountListName: list.name,
    homeCountry: list.homeCountry,
    defaultCurrency: list.defaultCurrency,
  }
}

/** None of what is no number. */
function amountOf(text: string): number | null {
  const amount = Number(text)
  return Number.isFinite(amount) ? amount : null
}

const addressOf = ([street, city, state, postalCode, country]: AddressRow): Address => ({
  street,
  city,
  state,
  postalCode,
  country,
})

function memberOf([personId, isPrimary, row]: MemberRow) {
  if (!row) return undefined
  const [firstName, lastName, isMale, deceased, personCreatedAt, emails, phones] = row
  return {
    personId,
    isMale: isMale === 1,
    deceased: deceased === 1,
    personCreatedAt,
    isPrimary: isPrimary === 1,
    person: personOf(firstName, lastName, emails, phones),
  }
}

function personOf(
  firstName: string | null,
  lastName: string | null,
  emails: readonly ReachableRow[],
  phones: readonly ReachableRow[],
): Person {
  const [email, otherEmail] = primaryAndOther(emails)
  const [phone, otherPhone] = primaryAndOther(phones)
  return { firstName, lastName, email, otherEmail, phone, otherPhone }
}

/** Where the first of the two is none marked primary, none is: then it is the other one. */
const primaryAndOther = ([first, second]: readonly ReachableRow[]): readonly [
  primary: string | undefined,
  other: string | undefined,
] => {
  const [value, isPrimary] = first ?? [null, 0]
  return isPrimary === 1
    ? [value ?? undefined, second?.[0] ?? undefined]
    : [undefined, value ?? undefined]
}
