import { sql, type SQL } from 'drizzle-orm'

/**
 * A contact comes from the database as one value, a JSON array. As objects with names, rows have
 * twice as many bytes (1,069 in place of 525 a contact), an export takes 6 % longer (23,000
 * contacts as CSV in workerd, the median of seven pairs in one run), and many rows would exceed
 * their share of a statement with 3,125 contacts. So the parts are arrays, and this is the only
 * file that knows the places: it gives each array its SQL by names, and its values by names.
 */
export type ContactArray = readonly [
  /** In the order of membership. */
  members: readonly MemberArray[],
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
  address: AddressArray | null,
  namesDonorAccount: number,
]

export type AddressArray = readonly [
  street: string | null,
  city: string | null,
  state: string | null,
  postalCode: string | null,
  country: string | null,
]

/** A person of a contact; `null` where the person has been deleted. */
export type MemberArray = readonly [personId: string, isPrimary: number, person: PersonArray | null]

/** A person with the e-mail addresses and phone numbers that a file may show. */
export type PersonArray = readonly [
  firstName: string | null,
  lastName: string | null,
  isMale: number | null,
  deceased: number,
  createdAt: string,
  emails: readonly ReachArray[],
  phones: readonly ReachArray[],
]

/** An e-mail address or a phone number. */
export type ReachArray = readonly [value: string | null, isPrimary: number]

/** The row of a contact of which only the name can be read. */
export const rowOfName = (accountListId: string, name: string): ContactArray => [
  [],
  accountListId,
  name,
  null,
  null,
  0,
  null,
  'NULL',
  null,
  'NULL',
  0,
  null,
  [],
  null,
  0,
]

type Parts<Names extends string> = Readonly<Record<Names, SQL>>

export const contactArray = (
  part: Parts<keyof ReturnType<typeof contactFields>>,
): SQL => sql`json_array(${part.members}, ${part.accountListId}, ${part.name}, ${part.greeting},
  ${part.envelopeGreeting}, ${part.isOrganization}, ${part.status}, ${part.pledgeAmount},
  ${part.pledgeCurrency}, ${part.pledgeFrequency}, ${part.pledgeReceived}, ${part.sendNewsletter},
  ${part.tags}, ${part.address}, ${part.namesDonorAccount})`

export const contactFields = ([
  members,
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
]: ContactArray) => ({
  members,
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
})

export const addressArray = (part: Parts<keyof ReturnType<typeof addressFields>>): SQL =>
  sql`json_array(${part.street}, ${part.city}, ${part.state}, ${part.postalCode}, ${part.country})`

export const addressFields = ([street, city, state, postalCode, country]: AddressArray) => ({
  street,
  city,
  state,
  postalCode,
  country,
})

export const memberArray = (part: Parts<keyof ReturnType<typeof memberFields>>): SQL =>
  sql`json_array(${part.personId}, ${part.isPrimary}, ${part.person})`

export const memberFields = ([personId, isPrimary, person]: MemberArray) => ({
  personId,
  isPrimary,
  person,
})

export const personArray = (
  part: Parts<keyof ReturnType<typeof personFields>>,
): SQL => sql`json_array(${part.firstName}, ${part.lastName}, ${part.isMale}, ${part.deceased},
  ${part.createdAt}, ${part.emails}, ${part.phones})`

export const personFields = ([
  firstName,
  lastName,
  isMale,
  deceased,
  createdAt,
  emails,
  phones,
]: PersonArray) => ({ firstName, lastName, isMale, deceased, createdAt, emails, phones })

export const reachArray = (part: Parts<keyof ReturnType<typeof reachFields>>): SQL =>
  sql`json_array(${part.value}, ${part.isPrimary})`

export const reachFields = ([value, isPrimary]: ReachArray) => ({ value, isPrimary })
