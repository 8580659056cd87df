/** Contacts with the rows that contacts usually have. */
export type TypicalContacts = {
  readonly accountListId: string
  readonly userId: string
  readonly contacts: number
  /** Where the numbers of its rows begin: two lists in one database must not overlap. */
  readonly offset: number
  /**
   * Ids in random order, as other programs assign them, or in the order of insertion, which fills a
   * large database in a tenth of the time: a million of them are spread evenly over all ids.
   */
  readonly ids: 'random' | 'ordered'
}

const TABLES = {
  contacts: 1,
  people: 2,
  contact_people: 3,
  email_addresses: 4,
  phone_numbers: 5,
  addresses: 6,
}

const SCATTER = 2_654_435_761
const SPREAD = 4000

/** Rows in one statement: D1 gives it 30 seconds. */
const STATEMENT_ROWS = 20_000

/**
 * The statements for contacts of whom each has, on average, 1.5 people with an e-mail address and a
 * phone number, an address and two tags.
 */
export function typicalContacts(list: TypicalContacts): string[] {
  const { accountListId, userId, contacts, offset, ids } = list
  const id = (table: keyof typeof TABLES, number: string): string => {
    const place = `(${number}) * ${ids === 'random' ? SCATTER : SPREAD} % 4294967296`
    return `printf('%08x-%04x-4000-8000-%012x', ${place}, ${TABLES[table]}, ${number})`
  }
  /** Every second contact has two people: two of three numbers are one contact's. */
  const contact = '(i / 3 * 2 + i % 3 / 2)'
  const people = (contacts * 3) / 2
  return [
    `INSERT INTO account_lists (id, name) VALUES ('${accountListId}', 'Typical')`,
    `INSERT INTO account_list_users VALUES ('${accountListId}', '${userId}')`,
    ...rowsOf(offset, contacts).flatMap((rows) => [
      `INSERT INTO contacts (id, account_list_id, name, status, pledge_amount, pledge_currency)
        SELECT ${id('contacts', 'i')}, '${accountListId}',
          'Surname' || (i * 7919 % 99991) || ', John and Jane', 'Partner - Financial', 50, 'USD'
        FROM ${rows}`,
      `INSERT INTO contact_tags SELECT ${id('contacts', 'i')}, 'tag ' || column1
        FROM ${rows} JOIN (VALUES (1), (2))`,
      `INSERT INTO addresses (id, contact_id, street, city, state, postal_code, country)
        SELECT ${id('addresses', 'i')}, ${id('contacts', 'i')}, i || ' Main Street', 'Springfield',
          'IL', printf('%05d', i % 100000), 'United States'
        FROM ${rows}`,
    ]),
    ...rowsOf((offset * 3) / 2, people).flatMap((rows) => [
      `INSERT INTO people (id, first_name, last_name, gender)
        SELECT ${id('people', 'i')}, 'John', 'Surname' || i, 'male' FROM ${rows}`,
      `INSERT INTO contact_people (id, contact_id, person_id, is_primary)
        SELECT ${id('contact_people', 'i')}, ${id('contacts', contact)},
          ${id('people', 'i')}, i % 2
        FROM ${rows}`,
      `INSERT INTO email_addresses (id, person_id, email, is_primary)
        SELECT ${id('email_addresses', 'i')}, ${id('people', 'i')},
          'person' || i || '@example.org', 1
        FROM ${rows}`,
      `INSERT INTO phone_numbers (id, person_id, number, is_primary)
        SELECT ${id('phone_numbers', 'i')}, ${id('people', 'i')}, '+1555' || (1000000 + i), 1
        FROM ${rows}`,
    ]),
  ]
}

/** So many rows in SQL, each known by its number `i`, in parts. */
function rowsOf(offset: number, count: number): string[] {
  return Array.from({ length: Math.ceil(count / STATEMENT_ROWS) }, (_, part) => {
    const first = offset + part * STATEMENT_ROWS
    const last = Math.min(first + STATEMENT_ROWS, offset + count) - 1
    return `(WITH RECURSIVE number(i) AS (
      SELECT ${first} UNION ALL SELECT i + 1 FROM number WHERE i < ${last}) SELECT i FROM number)`
  })
}
