import { sql, type SQL } from 'drizzle-orm'

/**
 * A contact comes from the database as one value, a JSON array. As objects with names, rows have
 * twice as many bytes (1,069 in place of 525 a contact), an export takes 6 % longer (23,000
 * contacts as CSV in workerd, the median of seven pairs in one run), and many rows would exceed
 * their share of a statement with 3,125 contacts. So the parts are arrays, and this is the only
 * file that knows the places: it gives each array its SQL by names, and its values by names.
 */
export type ContactArray = readonly [
  /** The primary person and the spouse; `null` when all people of the contact are deceased. */
  people: readonly PersonArray[] | null,
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

/** A person with the e-mail addresses and phone numbers that a file may show. */
export type PersonArray = readonly [
  firstName: string | null,
  lastName: string | null,
  emails: ReachArray,
  phones: ReachArray,
]

/** The primary and the other e-mail address or phone number. */
type ReachArray = readonly [primary?: string | null, other?: string | null]

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
): SQL => sql`json_array(${part.people}, ${part.accountListId}, ${part.name}, ${part.greeting},
  ${part.envelopeGreeting}, ${part.isOrganization}, ${part.status}, ${part.pledgeAmount},
  ${part.pledgeCurrency}, ${part.pledgeFrequency}, ${part.pledgeReceived}, ${part.sendNewsletter},
  ${part.tags}, ${part.address}, ${part.namesDonorAccount})`

export const contactFields = ([
  people,
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
  people,
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

export const personArray = (part: Parts<keyof ReturnType<typeof personFields>>): SQL =>
  sql`json_array(${part.firstName}, ${part.lastName}, ${part.emails}, ${part.phones})`

export const personFields = ([firstName, lastName, emails, phones]: PersonArray) => ({
  firstName,
  lastName,
  emails,
  phones,
})
