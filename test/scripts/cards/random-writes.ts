/** A random number from 0, less than another. The same seed gives the same numbers. */
export type Chance = (below: number) => number

/** Values of each column, few enough that rows meet: the same row, owner and key again and again. */
const some = (prefix: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`)

const LISTS = some('list', 2)
const CONTACTS = some('contact', 5)
const PEOPLE = some('person', 5)
const DONORS = some('donor', 3)
const FLAGS = [0, 1]
const TIMES = ['2020-01-01T00:00:00Z', '2021-01-01T00:00:00Z', '2022-01-01T00:00:00Z']
const TEXTS = ['', 'a', 'b', null]
const NAMES = ['Doe, John and Janet (Jane)', 'Roe, Ann', 'Zoe', '']

type Value = string | number | null
type Table = {
  readonly columns: Readonly<Record<string, readonly Value[]>>
  /** What an upsert may name. */
  readonly conflicts: readonly string[]
}

const reachable = (prefix: string, value: string): Table => ({
  columns: {
    id: some(prefix, 6),
    person_id: PEOPLE,
    [value]: TEXTS,
    is_primary: FLAGS,
    historic: FLAGS,
    created_at: TIMES,
    location: TEXTS,
  },
  conflicts: ['id', 'person_id, id'],
})

/** The tables that feed cards, with columns that do and others that do not, and account lists. */
const TABLES: Readonly<Record<string, Table>> = {
  account_lists: { columns: { id: LISTS, name: TEXTS }, conflicts: ['id'] },
  contacts: {
    columns: {
      id: CONTACTS,
      account_list_id: LISTS,
      name: NAMES,
      status: ['Partner - Pray', null],
      greeting: TEXTS,
      envelope_greeting: TEXTS,
      is_organization: FLAGS,
      send_newsletter: TEXTS,
      pledge_amount: [0.1, 5, null],
      pledge_currency: TEXTS,
      pledge_frequency: [1, 3 / 13, null],
      pledge_received: FLAGS,
      notes: TEXTS,
    },
    conflicts: ['id'],
  },
  contact_tags: {
    columns: { contact_id: CONTACTS, name: some('tag', 3) },
    conflicts: ['contact_id, name'],
  },
  addresses: {
    columns: {
      id: some('address', 6),
      contact_id: CONTACTS,
      street: TEXTS,
      city: TEXTS,
      state: TEXTS,
      country: TEXTS,
      postal_code: TEXTS,
      primary_mailing_address: FLAGS,
      historic: FLAGS,
      deleted: FLAGS,
      created_at: TIMES,
      region: TEXTS,
    },
    conflicts: ['id', 'contact_id, id'],
  },
  donor_accounts: {
    columns: { id: DONORS, name: NAMES, account_number: TEXTS },
    conflicts: ['id'],
  },
  contact_donor_accounts: {
    columns: { contact_id: CONTACTS, donor_account_id: DONORS },
    conflicts: ['contact_id, donor_account_id'],
  },
  people: {
    columns: {
      id: PEOPLE,
      first_name: TEXTS,
      last_name: TEXTS,
      gender: ['male', 'female', null],
      deceased: FLAGS,
      created_at: TIMES,
    },
    conflicts: ['id'],
  },
  contact_people: {
    columns: {
      id: some('member', 8),
      contact_id: CONTACTS,
      person_id: PEOPLE,
      is_primary: FLAGS,
      created_at: TIMES,
    },
    conflicts: ['id', 'contact_id, person_id'],
  },
  email_addresses: reachable('email', 'email'),
  phone_numbers: reachable('phone', 'number'),
}

/** Account lists are seldom written: all that they own goes with them. */
const NAMES_OF_TABLES = Object.keys(TABLES)

/** A statement that writes, of any kind, which may violate a constraint. */
export function randomWrite(chance: Chance): string {
  const one = <Item>(items: readonly Item[]): Item => {
    const item = items[chance(items.length)]
    if (item === undefined) throw new Error('There is no item.')
    return item
  }
  const name = chance(40) === 0 ? 'account_lists' : one(NAMES_OF_TABLES.slice(1))
  const { columns, conflicts } = TABLES[name] ?? { columns: {}, conflicts: [] }
  const all = Object.keys(columns)
  const value = (column: string) => literal(one(columns[column] ?? [null]))
  const assignments = (from: readonly string[]) =>
    from.map((column) => `${column} = ${value(column)}`).join(', ')
  const someOf = (from: readonly string[]) => {
    const taken = from.filter(() => chance(3) === 0)
    return taken.length > 0 ? taken : [one(from)]
  }
  const keys = (one(conflicts) ?? '').split(', ')
  const where = keys.map((key) => `${key} = ${value(key)}`).join(' AND ')
  const insert = `INTO ${name} (${all.join(', ')}) VALUES (${all.map(value).join(', ')})`
  const rest = all.filter((column) => !keys.includes(column))
  switch (chance(13)) {
    case 0:
    case 1:
    case 2:
      return `INSERT OR IGNORE ${insert}`
    case 3:
      return `INSERT ${insert}`
    case 4:
      return `REPLACE ${insert}`
    case 5:
      return `INSERT OR REPLACE ${insert}`
    case 6:
      return `INSERT ${insert} ON CONFLICT (${keys.join(', ')}) DO ${
        rest.length > 0 && chance(4) > 0
          ? `UPDATE SET ${someOf(rest)
              .map((column) => `${column} = excluded.${column}`)
              .join(', ')}`
          : 'NOTHING'
      }`
    case 7:
    case 8:
      return `UPDATE ${name} SET ${assignments(someOf(all))} WHERE ${where}`
    case 9:
      return `UPDATE OR REPLACE ${name} SET ${assignments(someOf(all))} WHERE ${where}`
    case 10:
      return `UPDATE OR IGNORE ${name} SET ${assignments(someOf(all))}`
    case 11:
      return `UPDATE OR REPLACE ${name} SET ${assignments(someOf(rest.length > 0 ? rest : all))}`
    default:
      return `DELETE FROM ${name} WHERE ${where}`
  }
}

const literal = (value: Value): string => {
  if (value === null) return 'NULL'
  return typeof value === 'number' ? String(value) : `'${value}'`
}
