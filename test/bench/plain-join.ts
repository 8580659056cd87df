import type { SQLOutputValue } from 'node:sqlite'
import { contactColumns } from '../../src/contacts/columns.ts'
import type { Contact } from '../../src/contacts/contact.ts'
import { primaryOf, spouseOf } from '../naive/people.ts'
import { tableLayout } from '../../src/export-files/layouts/table-layout.ts'

/*
 * What the service is compared with: one SELECT over the tables of a contact, as one would write
 * it by hand. It stays the same while the service changes, so that figures of different times can
 * be compared. It uses nothing that SQLite 3.38 does not have: Debian's shell is that old.
 */

/** The home country of every list of a bench. */
const HOME_COUNTRY = 'United States'

const ACTIVE = [
  'Never Contacted',
  'Ask in Future',
  'Cultivate Relationship',
  'Contact for Appointment',
  'Appointment Scheduled',
  'Call for Decision',
  'Partner - Financial',
  'Partner - Special',
  'Partner - Pray',
]

/** The e-mail addresses or phone numbers of a person, of which a file shows two. */
const firstTwo = (table: string, value: string): string => `(
  SELECT json_group_array(json_object('value', value, 'isPrimary', is_primary)) FROM (
    SELECT ${value} AS value, is_primary FROM ${table}
    WHERE person_id = people.id AND (historic = 0 OR is_primary = 1)
    ORDER BY is_primary DESC, created_at, id LIMIT 2))`

/** The SELECT for all contacts that the filter `{}` selects, in the order of a file. */
export const plainJoin = (accountListId: string): string => `
  SELECT id, name, greeting, envelope_greeting, is_organization, status, pledge_amount,
    pledge_currency, pledge_frequency, pledge_received, send_newsletter,
    (SELECT json_group_array(name) FROM (
      SELECT name FROM contact_tags WHERE contact_id = contacts.id ORDER BY name)) AS tags,
    (SELECT json_object('street', street, 'city', city, 'state', state,
        'postalCode', postal_code, 'country', country)
      FROM addresses WHERE contact_id = contacts.id AND deleted = 0 AND historic = 0
      ORDER BY primary_mailing_address DESC, created_at, id LIMIT 1) AS address,
    (SELECT json_group_array(json(person)) FROM (
      SELECT json_object('personId', people.id, 'isPrimary', contact_people.is_primary,
          'firstName', first_name, 'lastName', last_name, 'gender', gender,
          'deceased', deceased, 'createdAt', people.created_at,
          'emails', ${firstTwo('email_addresses', 'email')},
          'phones', ${firstTwo('phone_numbers', 'number')}) AS person
      FROM contact_people JOIN people ON people.id = contact_people.person_id
      WHERE contact_people.contact_id = contacts.id
      ORDER BY contact_people.created_at, contact_people.id)) AS people
  FROM contacts
  WHERE account_list_id = '${accountListId}'
    AND coalesce(status, '') IN (${[...ACTIVE, ''].map((status) => `'${status}'`).join(', ')})
  ORDER BY name, id`

/** The cells of a row of that SELECT; none for a contact that is in no file. */
export function cellsOf(row: Record<string, SQLOutputValue>, accountListId: string) {
  const text = (column: string) => textOf(row[column])
  // What the SELECT above has put together.
  const people: readonly JoinedPerson[] = JSON.parse(text('people') ?? '[]')
  const tags: readonly string[] = JSON.parse(text('tags') ?? '[]')
  const address: Contact['address'] | null = JSON.parse(text('address') ?? 'null')
  const members = people.map(memberOf)
  const primary = primaryOf(members)
  if (members.length > 0 && !primary) return undefined
  return tableLayout(contactColumns).rowOf({
    id: text('id') ?? '',
    accountListId,
    accountListName: null,
    name: text('name') ?? '',
    greeting: text('greeting'),
    envelopeGreeting: text('envelope_greeting'),
    isOrganization: row['is_organization'] === 1,
    status: text('status'),
    pledgeAmount: numberOf(row['pledge_amount']),
    pledgeCurrency: text('pledge_currency'),
    pledgeFrequency: numberOf(row['pledge_frequency']),
    pledgeReceived: row['pledge_received'] === 1,
    sendNewsletter: text('send_newsletter'),
    tags,
    address: address ?? undefined,
    primary: primary?.person,
    spouse: spouseOf(members, primary)?.person,
    namesDonorAccount: false,
    homeCountry: HOME_COUNTRY,
    defaultCurrency: null,
  })
}

type Reachable = { readonly value: string; readonly isPrimary: number }

type JoinedPerson = {
  readonly personId: string
  readonly isPrimary: number
  readonly firstName: string | null
  readonly lastName: string | null
  readonly gender: string | null
  readonly deceased: number
  readonly createdAt: string
  readonly emails: readonly Reachable[]
  readonly phones: readonly Reachable[]
}

function memberOf({ emails, phones, ...row }: JoinedPerson) {
  const [email, otherEmail] = primaryAndOther(emails)
  const [phone, otherPhone] = primaryAndOther(phones)
  const { firstName, lastName } = row
  return {
    personId: row.personId,
    isMale: row.gender === 'male',
    deceased: row.deceased === 1,
    personCreatedAt: row.createdAt,
    isPrimary: row.isPrimary === 1,
    person: { firstName, lastName, email, otherEmail, phone, otherPhone },
  }
}

const primaryAndOther = ([first, second]: readonly Reachable[]) =>
  first?.isPrimary === 1 ? [first.value, second?.value] : [undefined, first?.value]

const textOf = (value: SQLOutputValue | undefined): string | null =>
  typeof value === 'string' ? value : null

const numberOf = (value: SQLOutputValue | undefined): number | null =>
  typeof value === 'number' ? value : null
