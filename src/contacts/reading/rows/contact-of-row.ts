import type { AccountList } from '../account-lists.ts'
import type { Address, Contact, Person } from '../../contact.ts'
import type { AddressRow, ContactRow } from './contact-rows.ts'
import { TAG_SEPARATOR } from './long-texts.ts'
import type { MemberRow } from './member-rows.ts'
import { primaryOf, spouseOf } from '../../people.ts'
import type { ReachableRow } from './person-rows.ts'

/** The contact of a row; none when it is in none of the account lists, or when it has people and all of them are deceased. */
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
