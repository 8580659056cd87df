import { createHash } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'

/** A contact of the bench: 1.5 people with an e-mail address and a phone number each, an address, two tags. */
type BenchContact = {
  readonly id: string
  readonly name: string
  readonly people: readonly string[]
}

export type ContactIds = 'random' | 'ordered'

/** The account list of all contacts that the bench sends. */
export const SYNC_LIST = 'a0000000-0000-4000-8000-000000000077'

/** Contacts whose ids are scattered, or in order. */
export const contactsFrom = (
  first: number,
  count: number,
  ids: ContactIds,
): readonly BenchContact[] =>
  Array.from({ length: count }, (_, index) => {
    const number = first + index
    const idOf = (kind: string) =>
      ids === 'random' ? randomId(kind, number) : orderedId(kind, number)
    return {
      id: idOf('0'),
      name: `Doe ${number}, John and Jane`,
      people: number % 2 === 0 ? [idOf('1')] : [idOf('1'), idOf('2')],
    }
  })

function randomId(kind: string, number: number): string {
  const hash = createHash('sha256').update(`${kind} ${number}`).digest('hex')
  return hash.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/, '$1-$2-4$3-8$4-$5')
}

/** As UUIDv7 has it: the time first. */
function orderedId(kind: string, number: number): string {
  const digits = number.toString(16).padStart(12, '0')
  return `${digits.slice(0, 8)}-${digits.slice(8)}-7000-8000-00000000000${kind}`
}

/** The line of a contact. @param change makes it differ from the one that was sent before */
export const contactLine = ({ id, name, people }: BenchContact, change = ''): string =>
  JSON.stringify({
    type: 'contacts',
    id,
    attributes: {
      account_list_id: SYNC_LIST,
      name: `${name}${change}`,
      status: 'Partner - Financial',
      pledge_amount: 50,
      tags: ['newsletter', 'prayer'],
      people: people.map((person, index) => ({
        id: person,
        first_name: index === 0 ? 'John' : 'Jane',
        last_name: 'Doe',
        is_primary: index === 0,
        email_addresses: [{ id: person, email: `${person}@example.org`, is_primary: true }],
        phone_numbers: [{ id: person, number: '+15551234567', is_primary: true }],
      })),
      addresses: [
        {
          id,
          street: `1 Main St${change}`,
          city: 'Orlando',
          state: 'FL',
          postal_code: '32801',
          country: 'United States',
          primary_mailing_address: true,
        },
      ],
    },
  })

const INSERTS = {
  contact: `INSERT INTO contacts (id, account_list_id, name, status, pledge_amount) VALUES (?, ?, ?, ?, ?)`,
  tag: 'INSERT INTO contact_tags (contact_id, name) VALUES (?, ?)',
  person: 'INSERT INTO people (id, first_name, last_name) VALUES (?, ?, ?)',
  member: 'INSERT INTO contact_people (id, contact_id, person_id, is_primary) VALUES (?, ?, ?, ?)',
  email: 'INSERT INTO email_addresses (id, person_id, email, is_primary) VALUES (?, ?, ?, 1)',
  phone: 'INSERT INTO phone_numbers (id, person_id, number, is_primary) VALUES (?, ?, ?, 1)',
  address: `INSERT INTO addresses (id, contact_id, street, city, state, postal_code, country, primary_mailing_address)
    VALUES (?, ?, ?, ?, ?, ?, ?, 1)`,
}

/** Contacts in a transaction. */
const TRANSACTION = 1000

/**
 * Inserts the same rows by prepared statements of SQLite, as another program would.
 *
 * @returns how many milliseconds it took
 */
export function insertBySqlite(file: string, contacts: readonly BenchContact[]): number {
  const database = new DatabaseSync(file)
  database.exec(`PRAGMA foreign_keys = ON; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
    INSERT OR IGNORE INTO account_lists (id) VALUES ('${SYNC_LIST}')`)
  const insert = Object.fromEntries(
    Object.entries(INSERTS).map(([name, sql]) => [name, database.prepare(sql)]),
  )
  const start = performance.now()
  for (let from = 0; from < contacts.length; from += TRANSACTION) {
    database.exec('BEGIN')
    for (const { id, name, people } of contacts.slice(from, from + TRANSACTION)) {
      insert['contact']?.run(id, SYNC_LIST, name, 'Partner - Financial', 50)
      for (const tag of ['newsletter', 'prayer']) insert['tag']?.run(id, tag)
      for (const [index, person] of people.entries()) {
        insert['person']?.run(person, index === 0 ? 'John' : 'Jane', 'Doe')
        insert['member']?.run(person, id, person, index === 0 ? 1 : 0)
        insert['email']?.run(person, person, `${person}@example.org`)
        insert['phone']?.run(person, person, '+15551234567')
      }
      insert['address']?.run(id, id, '1 Main St', 'Orlando', 'FL', '32801', 'United States')
    }
    database.exec('COMMIT')
  }
  const milliseconds = performance.now() - start
  database.close()
  return milliseconds
}
