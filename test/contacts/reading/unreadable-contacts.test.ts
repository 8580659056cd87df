import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { call, EXPORTS } from '../../helpers/api.ts'
import { addContact, addList, addPerson, LIST } from '../../helpers/contacts.ts'
import { emptyStorage, insert } from '../../helpers/database.ts'
import { csvRows, logOf, sheetRows, workbookOf } from '../../helpers/files.ts'
import { limitedDatabase } from '../../helpers/limited-database.ts'

const CONTACTS = 250

let ids: string[] = []

beforeEach(async () => {
  await emptyStorage()
  await addList()
  ids = []
  for (let number = 1; number <= CONTACTS; number += 1) {
    ids.push(await addContact({ name: nameOf(number), greeting: `Hello ${number}` }))
  }
})

const nameOf = (number: number) => `Name ${String(number).padStart(3, '0')}`

const malformed = () => new Error('D1_ERROR: JSON cannot hold BLOB values: SQLITE_ERROR')

/** What every statement contains that makes rows of contacts, and those that also have texts. */
const ROWS = '"pledge_frequency"'
const ROWS_WITH_TEXTS = '> 4000'

const makesCards = (sql: string) => sql.startsWith('insert into "contact_cards"')

/** A database that fails at statements for some contacts, and whenever it makes cards. */
const failingFor = (bad: readonly string[], isBad: (sql: string, bound: string) => boolean) =>
  limitedDatabase((sql, values) => {
    const bound = values.join(' ')
    const isFor = makesCards(sql) || bad.some((id) => bound.includes(id))
    return isFor && isBad(sql, bound) ? malformed() : undefined
  })

/** The names and greetings of a file, and the contacts that the log names. */
async function file(bindings: ReturnType<typeof limitedDatabase>['bindings'], format = 'csv') {
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const { bytes, text } = await call(`${EXPORTS}/${await logOf({})}.${format}`, { bindings })
  const lines = log.mock.calls.map(([line]) => JSON.parse(String(line)))
  log.mockRestore()
  const rows =
    format === 'csv'
      ? csvRows(text)
      : (await workbookOf(bytes)).worksheets.flatMap((sheet) => sheetRows(sheet, 5))
  return {
    rows: rows.slice(1).map((row) => [row[0], row[4]]),
    notRead: lines
      .filter(({ event }) => /^contacts?_not_read$/.test(event))
      .flatMap(({ contactId, contactIds }) => contactIds ?? contactId),
    lines,
  }
}

const all = () => ids.map((_, index): unknown[] => [nameOf(index + 1), `Hello ${index + 1}`])

it.each(['csv', 'xlsx'])(
  'a contact whose row cannot be made is in a %s file with its texts, and is named in the log',
  async (format) => {
    const bad = [ids[30], ids[31], ids[222]].map(String)
    const { bindings, returned } = failingFor(bad, (sql) => sql.includes(ROWS_WITH_TEXTS))
    const { rows, notRead } = await file(bindings, format)
    expect(rows).toEqual(all())
    expect(new Set(notRead)).toEqual(new Set(bad))
    expect(returned.queries).toBeLessThan(120)
  },
)

it('a text that cannot be read is empty, and the others of its contact are there', async () => {
  const [bad] = ids.slice(99)
  const { bindings } = failingFor(
    [String(bad)],
    (sql, bound) => sql.includes(ROWS_WITH_TEXTS) || bound.includes(`[0,"${bad}"`),
  )
  const { rows, notRead } = await file(bindings)
  expect(rows).toEqual(all().with(99, ['', 'Hello 100']))
  expect(new Set(notRead)).toEqual(new Set([bad]))
})

it('a contact of which no row can be made is in the file with its name', async () => {
  const bad = String(ids[0])
  const { bindings } = failingFor([bad], (sql) => sql.includes(ROWS))
  const { rows, notRead } = await file(bindings)
  expect(rows).toEqual(all().with(0, ['Name 001', 'Name 001']))
  expect(notRead).toEqual([bad])
})

it('a fault that is none of the data breaks the file, and nothing is read again', async () => {
  const { bindings, returned } = limitedDatabase((sql) =>
    sql.includes(ROWS) ? new Error('D1_ERROR: Something else.') : undefined,
  )
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  await expect(call(`${EXPORTS}/${await logOf({})}.csv`, { bindings })).rejects.toThrow(
    'The export failed',
  )
  log.mockRestore()
  expect(returned.queries).toBeLessThan(15)
})

it('a fault of every statement breaks the file at once: no contact is the cause', async () => {
  let failed = 0
  const { bindings } = limitedDatabase((sql) => {
    if (!sql.includes(ROWS)) return undefined
    failed += 1
    return malformed()
  })
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  await expect(call(`${EXPORTS}/${await logOf({})}.csv`, { bindings })).rejects.toThrow(
    'The export failed',
  )
  log.mockRestore()
  expect(failed).toBe(4)
})

/** In the order of files. */
const inOrder = (rows: readonly unknown[][]) =>
  rows.toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1))

describe('a file of 5,000 contacts', () => {
  const MANY = 5000

  beforeEach(async () => {
    await env.DB.prepare(
      `INSERT INTO contacts (id, account_list_id, name, greeting)
       WITH RECURSIVE number(i) AS (
         SELECT ${CONTACTS + 1} UNION ALL SELECT i + 1 FROM number WHERE i < ${MANY})
       SELECT printf('c0000000-0000-4000-8000-%012d', i), '${LIST}', printf('Name %03d', i),
         'Hello ' || i FROM number`,
    ).run()
  })

  const complete = inOrder(
    Array.from({ length: MANY }, (_, index) => [nameOf(index + 1), `Hello ${index + 1}`]),
  )
  it.each([
    ['all rows fail', (sql: string) => sql.includes(ROWS_WITH_TEXTS), complete],
    [
      'only names can be read',
      (sql: string) => sql.includes(ROWS),
      complete.map(([name]) => [name, name]),
    ],
    [
      'no text can be read',
      (sql: string) => sql.includes(ROWS_WITH_TEXTS) || sql.includes('as most'),
      complete.map(() => ['', '']),
    ],
  ])('is whole when %s, and every contact is in the log', async (_, isBad, expected) => {
    const { bindings, returned } = failingFor([...ids, 'c0000000-'], isBad)
    const { rows, notRead } = await file(bindings)
    expect(rows).toEqual(expected)
    expect(new Set(notRead).size).toBe(MANY)
    expect(returned.queries).toBeLessThan(600)
  })

  it('is complete when one contact in forty has a row that cannot be made', async () => {
    const { results } = await env.DB.prepare(
      `SELECT id FROM contacts WHERE CAST(substr(name, 6) AS INTEGER) % 40 = 0`,
    ).all<{ id: string }>()
    const bad = results.map(({ id }) => id)
    const { bindings, returned } = failingFor(bad, (sql) => sql.includes(ROWS_WITH_TEXTS))
    const { rows, notRead } = await file(bindings)
    expect(rows).toEqual(complete)
    expect(notRead).toEqual(expect.arrayContaining(bad))
    expect(returned.queries).toBeLessThan(600)
  })
})

it('the people of a contact whose row cannot be made are read', async () => {
  const bad = String(ids[5])
  const person = await addPerson(bad, { first_name: 'Ann' })
  await insert('contact_tags', { contact_id: bad, name: 'vip' })
  await insert('email_addresses', {
    id: 'e',
    person_id: person,
    email: 'ann@example.org',
    is_primary: 1,
  })
  const { bindings } = failingFor([bad], (sql) => sql.includes(ROWS_WITH_TEXTS))
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const { text } = await call(`${EXPORTS}/${await logOf({})}.csv`, { bindings })
  log.mockRestore()
  const row = csvRows(text)[6]
  expect([row?.[1], row?.[17], row?.[18]]).toEqual(['Ann', 'vip', 'ann@example.org'])
})
