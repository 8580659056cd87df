/** An account list for a bench: so many contacts, with what belongs to them in proportion. */
export type BenchList = {
  readonly accountListId: string
  readonly userId: string
  /** Who else may read it. */
  readonly otherUserIds?: readonly string[]
  readonly contacts: number
  /** Where the numbers of its rows begin: two lists in one database must not overlap. */
  readonly offset: number
}

/** Numbers of the tables, as they stand in the ids of their rows. */
const TABLES = {
  contacts: 1,
  people: 2,
  contact_people: 3,
  email_addresses: 4,
  phone_numbers: 5,
  person_facebook_accounts: 6,
  addresses: 7,
  donor_accounts: 8,
  donations: 9,
  donation_amount_recommendations: 10,
  partner_status_logs: 11,
  contact_referrals: 12,
  tasks: 13,
  designation_accounts: 14,
  appeals: 15,
} as const
type Table = keyof typeof TABLES

/** Rows in one statement: D1 gives it 30 seconds. */
const STATEMENT_ROWS = 20_000

/** How many rows a contact has, in the tables of which it has more than one. */
const RATES = { people: 2, emails: 3, phones: 2, addresses: 2, tags: 2, donations: 6, tasks: 2 }

/** The id of a row. Ids are scattered as random ones are, so that neighbours in a file are none in an index. */
export const idOf = (table: Table, number: number): string => {
  const scattered = Number((BigInt(number) * SCATTER) % 2n ** 32n)
  return `${hex(scattered, 8)}-${hex(TABLES[table], 4)}-4000-8000-${hex(number, 12)}`
}

const SCATTER = 2_654_435_761n

const hex = (value: number, length: number): string => value.toString(16).padStart(length, '0')

/** The same in SQL. */
const id = (table: Table, number: string): string =>
  `printf('%08x-%04x-4000-8000-%012x', (${number}) * ${SCATTER} % 4294967296, ${TABLES[table]}, ${number})`

/** One SQL value or another, by the number `i` of the row; another salt, another order. */
const pick = (salt: number, ...choices: readonly string[]): string =>
  `CASE (i * ${salt} / 16) % ${choices.length} ${choices.map((choice, index) => `WHEN ${index} THEN ${choice}`).join(' ')} END`

/** One in so many. */
const seldom = (salt: number, one: number): string => `(i * ${salt} / 16) % ${one} = 0`

/** One of so many, not evenly: some are met often and some never. */
const uneven = (many: number): string => `i * i % 1000003 * 7919 % ${many}`

/** A day of the years 2024 and 2025. */
const day = (salt: number): string => `date('2024-01-01', (i * ${salt} / 16 % 731) || ' days')`

/**
 * The statements that make the list: its rows are counted up within SQLite. It has four designation accounts and four
 * appeals of its own; one gift in ten goes to a designation account of nobody's.
 */
export function fillStatements({
  accountListId,
  userId,
  otherUserIds = [],
  contacts,
  offset,
}: BenchList): string[] {
  /** The contact (person, donor account …) to whom the i-th row of a table belongs. */
  const owner = (table: Table, rate = 1) => id(table, `(${offset} + (i - ${offset}) / ${rate})`)
  const account = (number: string) => id('designation_accounts', `(${offset} + ${number})`)
  const appeal = (number: string) => id('appeals', `(${offset} + ${number})`)
  const four = `(SELECT column1 AS i FROM (VALUES (0), (1), (2), (3)))`

  const once = [
    `INSERT INTO account_lists (id, name, home_country) VALUES ('${accountListId}', 'Bench', 'United States')`,
    ...[userId, ...otherUserIds].map(
      (user) => `INSERT INTO account_list_users VALUES ('${accountListId}', '${user}')`,
    ),
    `INSERT INTO designation_accounts (id) SELECT ${account('i')} FROM ${four} UNION SELECT ${account('9')}`,
    `INSERT INTO account_list_designation_accounts SELECT '${accountListId}', ${account('i')} FROM ${four}`,
    `INSERT INTO appeals (id, account_list_id) SELECT ${appeal('i')}, '${accountListId}' FROM ${four}`,
  ]
  const inRows: readonly (readonly [rate: number, insert: (rows: string) => string])[] = [
    [
      1,
      (
        rows,
      ) => `INSERT INTO contacts (id, account_list_id, name, status, status_valid, pledge_amount, pledge_currency,
       pledge_frequency, pledge_received, send_newsletter, notes, church_name, likely_to_give, locale, timezone, late_at,
       no_appeals, first_donation_date, last_donation_date, updated_at)
     SELECT ${id('contacts', 'i')}, '${accountListId}', 'Surname' || (i * 7919 % 99991) || ', John and Jane',
       ${pick(17, `'Never Ask'`, `'Partner - Financial'`, `'Partner - Pray'`, 'NULL', `'Ask in Future'`)},
       (i * 19 / 16) % 8 > 0, (i * 23 / 16) % 50 * 5, ${pick(29, `'USD'`, `'EUR'`, `'CAD'`, 'NULL')},
       ${pick(31, '1', '1', '3', '12', '0.23076923076923')}, ${seldom(37, 3)}, ${pick(41, `'Both'`, `'Email'`, `'Physical'`, 'NULL')},
       'Met at the conference of ' || ((i * 43 / 16) % 50), ${pick(47, `'Grace'`, `'Hope'`, 'NULL')},
       ${pick(53, `'Likely'`, 'NULL', `''`)}, ${pick(59, `'en'`, `'de'`, `'fr'`)}, ${pick(61, `'America/New_York'`, `'UTC'`)},
       ${day(67)}, ${seldom(71, 10)}, ${day(73)}, ${day(79)}, ${day(83)} || 'T12:00:00Z'
     FROM ${rows}`,
    ],
    [
      RATES.tags,
      (
        rows,
      ) => `INSERT INTO contact_tags SELECT ${owner('contacts', RATES.tags)}, 'tag ' || (i % 2) || ' ' || ((i * 89 / 16) % 25)
     FROM ${rows}`,
    ],
    [
      RATES.people,
      (rows) => `INSERT INTO people (id, first_name, last_name, gender)
     SELECT ${id('people', 'i')}, ${pick(97, `'John'`, `'Jane'`, `'Ann'`)}, 'Surname' || i, ${pick(97, `'male'`, `'female'`, `'female'`)}
     FROM ${rows}`,
    ],
    [
      RATES.people,
      (rows) => `INSERT INTO contact_people (id, contact_id, person_id, is_primary)
     SELECT ${id('contact_people', 'i')}, ${owner('contacts', RATES.people)}, ${id('people', 'i')}, i % 2
     FROM ${rows}`,
    ],
    [
      RATES.emails,
      (rows) => `INSERT INTO email_addresses (id, person_id, email, is_primary, historic)
     SELECT ${id('email_addresses', 'i')}, ${owner('people', RATES.emails)}, 'person' || i || '@example.org', i % 3 = 0, ${seldom(101, 7)}
     FROM ${rows}`,
    ],
    [
      RATES.phones,
      (rows) => `INSERT INTO phone_numbers (id, person_id, number, is_primary, location)
     SELECT ${id('phone_numbers', 'i')}, ${id('people', 'i')}, '+1555' || (1000000 + i), 1, ${pick(103, `'mobile'`, `'home'`, `'work'`)}
     FROM ${rows}`,
    ],
    [
      RATES.people,
      (rows) => `INSERT INTO person_facebook_accounts (id, person_id, username)
     SELECT ${id('person_facebook_accounts', 'i')}, ${id('people', 'i')}, 'user' || i FROM ${rows} WHERE ${seldom(107, 5)}`,
    ],
    [
      RATES.addresses,
      (
        rows,
      ) => `INSERT INTO addresses (id, contact_id, street, city, state, postal_code, country, region, metro_area,
       primary_mailing_address, historic, deleted, valid_values)
     SELECT ${id('addresses', 'i')}, ${owner('contacts', RATES.addresses)}, i || ' Main Street' || char(10) || 'Apartment 4',
       ${pick(109, `'Springfield'`, `'Portland'`, `'Salem'`, `'Dover'`)}, ${pick(113, `'IL'`, `'NY'`, `'OR'`, 'NULL')},
       printf('%05d', i % 100000), ${pick(127, `'United States'`, `'Canada'`, `'Germany'`)},
       ${pick(131, `'North'`, `'South'`, 'NULL')}, ${pick(137, `'Capital'`, `'Coast'`, 'NULL')},
       i % 2 = 0, i % 2 = 1, ${seldom(139, 20)}, NOT ${seldom(149, 20)}
     FROM ${rows}`,
    ],
    [
      1,
      (rows) => `INSERT INTO donor_accounts (id, account_number, name, master_company_id)
     SELECT ${id('donor_accounts', 'i')}, '9' || i, 'Donor ' || i, CASE WHEN ${seldom(151, 10)} THEN 'company' END FROM ${rows}`,
    ],
    [
      1,
      (rows) =>
        `INSERT INTO contact_donor_accounts SELECT ${id('contacts', 'i')}, ${id('donor_accounts', 'i')} FROM ${rows}`,
    ],
    [
      RATES.donations,
      (
        rows,
      ) => `INSERT INTO donations (id, donor_account_id, designation_account_id, amount, currency, donation_date)
     SELECT ${id('donations', 'i')}, ${id('donor_accounts', `(${offset} + ${uneven(contacts)})`)},
       CASE WHEN ${seldom(157, 10)} THEN ${account('9')} ELSE ${account('i % 4')} END,
       (i * 163 / 16) % 40 * 5, 'USD', ${day(167)}
     FROM ${rows}`,
    ],
    [
      1,
      (
        rows,
      ) => `INSERT INTO donation_amount_recommendations (id, donor_account_id, designation_account_id, suggested_pledge_amount)
     SELECT ${id('donation_amount_recommendations', 'i')}, ${id('donor_accounts', 'i')}, ${account('i % 4')}, (i * 173 / 16) % 90 * 5
     FROM ${rows} WHERE ${seldom(179, 2)}`,
    ],
    [
      1,
      (
        rows,
      ) => `INSERT INTO partner_status_logs (id, contact_id, recorded_on, pledge_amount, pledge_frequency)
     SELECT ${id('partner_status_logs', 'i')}, ${id('contacts', 'i')}, ${day(181)}, (i * 191 / 16) % 50 * 5, 1
     FROM ${rows} WHERE ${seldom(193, 2)}`,
    ],
    [
      1,
      (rows) => `INSERT INTO contact_referrals (id, referred_by_id, referred_to_id)
     SELECT ${id('contact_referrals', 'i')}, ${id('contacts', String(offset))}, ${id('contacts', 'i')}
     FROM ${rows} WHERE ${seldom(197, 5)}`,
    ],
    [
      RATES.tasks,
      (rows) => `INSERT INTO tasks (id, account_list_id, activity_type, start_at, completed)
     SELECT ${id('tasks', 'i')}, '${accountListId}', ${pick(199, `'Call'`, `'Email'`, `'Thank'`)}, ${day(211)} || 'T12:00:00Z',
       NOT ${seldom(223, 4)}
     FROM ${rows}`,
    ],
    [
      RATES.tasks,
      (rows) =>
        `INSERT INTO task_contacts SELECT ${id('tasks', 'i')}, ${owner('contacts', RATES.tasks)} FROM ${rows}`,
    ],
    [
      1,
      (rows) =>
        `INSERT INTO appeal_contacts SELECT ${appeal('i % 4')}, ${id('contacts', 'i')} FROM ${rows} WHERE ${seldom(227, 2)}`,
    ],
  ]
  return [
    ...once,
    ...inRows.flatMap(([rate, insert]) => rowsOf(offset, contacts * rate).map(insert)),
  ]
}

/** So many rows in SQL, each known by its number `i`, in parts. */
function rowsOf(offset: number, count: number): string[] {
  return Array.from({ length: Math.ceil(count / STATEMENT_ROWS) }, (_, part) => {
    const first = offset + part * STATEMENT_ROWS
    const last = Math.min(first + STATEMENT_ROWS, offset + count) - 1
    return `(WITH RECURSIVE number(i) AS (SELECT ${first} UNION ALL SELECT i + 1 FROM number WHERE i < ${last})
      SELECT i FROM number)`
  })
}
