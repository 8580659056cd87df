import { env } from 'cloudflare:workers'
import { getTableColumns, getTableName } from 'drizzle-orm'
import { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { beforeEach, describe, expect, it } from 'vitest'
import { LINE_TYPES, PAIR_LISTS, ROW_LISTS } from '../../../src/contacts/writing/line-types.ts'
import { ROW_TABLES, type RowTable } from '../../../src/contacts/writing/row-tables.ts'
import * as schema from '../../../src/db/schema/index.ts'
import { addContact, addList, addPerson, LIST, newId } from '../../helpers/contacts.ts'
import { emptyStorage, insert } from '../../helpers/database.ts'
import { CONTACT_TABLES } from '../../helpers/tables.ts'
import { write } from '../../helpers/write-test-lines.ts'

beforeEach(async () => {
  await emptyStorage()
  await addList()
})

/** Two values of each kind of column: given in a line, and as they are stored. */
const VALUES = {
  text: [
    ['one', 'one'],
    ['e\u0301 two', '\u00e9 two'],
  ],
  flag: [
    [true, 1],
    [0, 0],
  ],
  number: [
    [0.1 + 0.2, 0.1 + 0.2],
    [-5, -5],
  ],
  date: [
    ['2022-01-12', '2022-01-12'],
    ['2024-02-29', '2024-02-29'],
  ],
  time: [
    ['2022-01-12T17:18:07.123+02:00', '2022-01-12T15:18:07Z'],
    ['2023-01-12T17:18:07Z', '2023-01-12T17:18:07Z'],
  ],
} as const

/** The columns that lines give as values, and not as ids of other rows. */
const membersOf = ({ columns }: RowTable) =>
  columns.flatMap((column) => {
    const { name, kind, isRequired } = column
    return kind === 'reference' ? [] : [{ name, values: VALUES[kind], isRequired, column }]
  })

const NOW = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/

/** The ids of the rows that the tests change. */
const CONTACT = 'c0000000-0000-4000-8000-000000000001'
const PERSON = 'c0000000-0000-4000-8000-000000000002'
const DONOR = 'c0000000-0000-4000-8000-000000000003'

/** A line that gives members of a row of a table, wherever such rows stand in lines. */
function lineFor(table: RowTable, id: string, members: Readonly<Record<string, unknown>>): object {
  const own = LINE_TYPES.find((type) => type.table === table)
  if (own) {
    const needed = {
      ...(table.positions.has('account_list_id') && { account_list_id: LIST }),
      ...(table.positions.has('donor_account_id') && { donor_account_id: DONOR }),
      ...(table.name === 'contacts' && { name: 'Doe' }),
    }
    return { type: own.name, id, attributes: { ...needed, ...members } }
  }
  const list = ROW_LISTS.find((one) => one.table === table)
  const row = { id, ...members }
  const lists =
    list?.owner === 'contact_id'
      ? { [list.member]: [row] }
      : { people: [list ? { id: PERSON, [list.member]: [row] } : row] }
  return { type: 'contacts', id: CONTACT, attributes: lists }
}

const valueOf = async (table: string, column: string, id: string): Promise<unknown> =>
  env.DB.prepare(`SELECT ${column} AS value FROM ${table} WHERE id = ?`).bind(id).first('value')

describe('a member of a line', () => {
  beforeEach(async () => {
    await addContact({ id: CONTACT, name: 'Doe' })
    await insert('people', { id: PERSON })
    await insert('contact_people', { id: newId(), contact_id: CONTACT, person_id: PERSON })
    await insert('donor_accounts', { id: DONOR })
  })

  it.each(ROW_TABLES)('of $name is set, left as it is, and cleared', async (table) => {
    const id = newId()
    for (const { name, values, isRequired, column } of membersOf(table)) {
      const send = async (members: Readonly<Record<string, unknown>>) => {
        const { failures } = await write([lineFor(table, id, members)])
        return failures[0]?.errors[0]?.status ?? valueOf(table.name, name, id)
      }
      const [[first, storedFirst], [second, storedSecond]] = values
      const keeps = isRequired ? { [name]: first } : {}
      const left = column.initial === 'now' ? storedSecond : column.initial
      expect([
        await send({ [name]: first }),
        await send(keeps),
        await send({ [name]: second }),
        await send({ [name]: null }),
      ]).toEqual([storedFirst, storedFirst, storedSecond, isRequired ? '400' : left])
    }
  })

  it.each(ROW_TABLES)('of $name in a new row is the default when absent or null', async (table) => {
    const [absent, cleared] = [newId(), newId()]
    const members = membersOf(table).filter(({ isRequired }) => !isRequired)
    const nothing = Object.fromEntries(members.map(({ name }) => [name, null]))
    expect((await write([lineFor(table, absent, {})])).failures).toEqual([])
    for (const id of [absent, cleared]) {
      expect((await write([lineFor(table, id, id === absent ? {} : nothing)])).failures).toEqual([])
      for (const { name, column } of members) {
        const value = await valueOf(table.name, name, id)
        const isNow = column.initial === 'now'
        expect(isNow ? 'now' : value).toBe(column.initial)
        expect(isNow ? value : '2022-01-12T17:18:07Z').toMatch(NOW)
      }
    }
  })

  it.each(ROW_TABLES)('of $name of another type is an error of the line', async (table) => {
    const members = membersOf(table)
    const lines = members.map(({ name }) => lineFor(table, newId(), { [name]: { an: 'object' } }))
    const { failures } = await write(lines)
    expect(failures.map(({ errors }) => errors.map(({ status }) => status))).toEqual(
      members.map(() => ['400']),
    )
    expect(failures.map(({ errors }) => errors[0]?.source?.pointer.split('/').at(-1))).toEqual(
      members.map(({ name }) => name),
    )
  })
})

describe('a list of a line', () => {
  it.each(PAIR_LISTS)('$table is replaced, left as it is, and emptied', async (list) => {
    const root = LINE_TYPES.find(({ lists }) => lists.includes(list))?.table
    if (!root) throw new Error('There is no such type.')
    const values = list.references
      ? await Promise.all([1, 2, 3].map(() => rowOf(list.references?.name ?? '')))
      : ['a', 'b', 'c']
    const [a = '', b = '', c = ''] = values
    const id = newId()
    const send = async (members: object) => {
      const { failures } = await write([lineFor(root, id, { ...members })])
      expect(failures).toEqual([])
      const { results } = await env.DB.prepare(
        `SELECT ${list.value} AS value FROM ${list.table} WHERE ${list.owner} = ? ORDER BY 1`,
      )
        .bind(id)
        .all()
      return results.map(({ value }) => value)
    }
    expect(await send({ [list.member]: [a, b, a] })).toEqual([a, b])
    expect(await send({})).toEqual([a, b])
    expect(await send({ [list.member]: [c, b] })).toEqual([b, c])
    expect(await send({ [list.member]: [] })).toEqual([])
    expect(await send({ [list.member]: [a] })).toEqual([a])
    expect(await send({ [list.member]: null })).toEqual([])
    const { failures } = await write([lineFor(root, id, { [list.member]: 'a' })])
    expect(failures[0]?.errors).toMatchObject([
      { status: '400', source: { pointer: `/attributes/${list.member}` } },
    ])
  })

  it.each(ROW_LISTS)('$table.name is replaced, left as it is, and emptied', async (list) => {
    const contact = await addContact()
    const person = await addPerson(contact)
    const [a, b] = [newId(), newId()]
    const owner = list.owner === 'contact_id' ? contact : person
    const send = async (lists: object) => {
      const attributes =
        list.owner === 'contact_id' ? lists : { people: [{ id: person, ...lists }] }
      const { failures } = await write([{ type: 'contacts', id: contact, attributes }])
      expect(failures).toEqual([])
      const { results } = await env.DB.prepare(
        `SELECT id FROM ${list.table.name} WHERE ${list.owner} = ? ORDER BY id`,
      )
        .bind(owner)
        .all()
      return results.map(({ id }) => id)
    }
    expect(await send({ [list.member]: [{ id: a }, { id: b }] })).toEqual([a, b])
    expect(await send({})).toEqual([a, b])
    expect(await send({ [list.member]: [{ id: b }] })).toEqual([b])
    expect(await send({ [list.member]: [] })).toEqual([])
    expect(await send({ [list.member]: [{ id: a.toUpperCase() }] })).toEqual([a])
    expect(await send({ [list.member]: null })).toEqual([])
  })

  it.each(ROW_LISTS)('$table.name takes only rows whose ids are UUIDs', async (list) => {
    const contact = await addContact()
    const person = await addPerson(contact)
    const ids = ['', 'one', null, undefined]
    const lines = ids.map((id) => {
      const lists = { [list.member]: [{ id }] }
      const attributes =
        list.owner === 'contact_id' ? lists : { people: [{ id: person, ...lists }] }
      return { type: 'contacts', id: contact, attributes }
    })
    const { failures } = await write(lines)
    expect(failures.map(({ errors }) => errors[0]?.source?.pointer.split('/').at(-1))).toEqual(
      ids.map(() => 'id'),
    )
    expect(await count(list.table.name)).toBe(0)
  })

  it('removes a person with the last contact that names them, with all that is theirs', async () => {
    const contact = await addContact()
    const person = await addPerson(contact)
    await insert('email_addresses', { id: newId(), person_id: person })
    await write([{ type: 'contacts', id: contact, attributes: { people: [] } }])
    expect(await count('people')).toBe(0)
    expect(await count('email_addresses')).toBe(0)
    expect(
      await env.DB.prepare('SELECT account_list_id FROM deleted_records').first('account_list_id'),
    ).toBe(LIST)
  })

  it('keeps what a row has that moves to another person of the contact', async () => {
    const contact = await addContact()
    const [ann, bob] = [await addPerson(contact), await addPerson(contact)]
    for (const [from, to] of [
      [ann, bob],
      [bob, ann],
    ] as const) {
      const id = newId()
      await insert('email_addresses', { id, person_id: from, email: 'a@example.org' })
      const people = [ann, bob].map((person) => ({
        id: person,
        email_addresses: person === to ? [{ id }] : [],
      }))
      const line = { type: 'contacts', id: contact, attributes: { people } }
      expect((await write([line])).counts.updated).toBe(1)
      expect(await valueOf('email_addresses', 'person_id', id)).toBe(to)
      expect(await valueOf('email_addresses', 'email', id)).toBe('a@example.org')
      expect((await write([line])).counts.unchanged).toBe(1)
    }
    expect(await count('email_addresses')).toBe(1)
  })

  it('keeps what a person who moves to another contact has', async () => {
    const [one, other] = [await addContact(), await addContact()]
    const person = await addPerson(one, { first_name: 'Ann' })
    await write([
      { type: 'contacts', id: one, attributes: { people: [] } },
      { type: 'contacts', id: other, attributes: { people: [{ id: person }] } },
    ])
    expect(await valueOf('people', 'first_name', person)).toBe('Ann')
  })
})

describe('the list of types', () => {
  it('has every table and every column of the data model', () => {
    const written = new Map<string, Set<string>>()
    for (const { name, columns } of ROW_TABLES) {
      written.set(name, new Set(['id', ...columns.map((column) => column.name)]))
    }
    for (const { table, owner, value, hasIds } of PAIR_LISTS) {
      written.set(table, new Set([owner, value, ...(hasIds ? ['id', 'created_at'] : [])]))
    }
    written.set(
      'contact_people',
      new Set(['id', 'contact_id', 'person_id', 'is_primary', 'created_at']),
    )
    const tables = Object.values(schema).filter((one) => one instanceof SQLiteTable)
    for (const table of tables) {
      const name = getTableName(table)
      if (!CONTACT_TABLES.some((one) => one === name)) continue
      const columns = Object.values(getTableColumns(table)).map((column) => column.name)
      expect(written.get(name)).toEqual(new Set(columns))
    }
    expect(new Set<string>(written.keys())).toEqual(new Set(CONTACT_TABLES))
  })
})

const count = async (table: string): Promise<unknown> =>
  env.DB.prepare(`SELECT count(*) AS rows FROM ${table}`).first('rows')

/** A new row of a table that values of lists name. @returns its id */
async function rowOf(table: string): Promise<string> {
  if (table === 'contacts') return addContact()
  const id = newId()
  await insert(table, { id })
  return id
}
