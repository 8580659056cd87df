import { beforeEach, expect, it, vi } from 'vitest'
import { call, EXPORTS } from '../../helpers/api.ts'
import { addContact, addList, addPerson } from '../../helpers/contacts.ts'
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

/** A database that fails at statements for some contacts. */
const failingFor = (bad: readonly string[], isBad: (sql: string, bound: string) => boolean) =>
  limitedDatabase((sql, values) => {
    const bound = values.join(' ')
    return bad.some((id) => bound.includes(id)) && isBad(sql, bound) ? malformed() : undefined
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
      .filter(({ event }) => event === 'contact_not_read')
      .map(({ contactId }) => contactId),
    lines,
  }
}

const all = () => ids.map((_, index): unknown[] => [nameOf(index + 1), `Hello ${index + 1}`])

it.each(['csv', 'xlsx'])(
  'a contact whose row cannot be made is in a %s file with its texts, and is named in the log',
  async (format) => {
    const bad = [ids[30], ids[31], ids[222]].map(String)
    const { bindings, returned } = failingFor(bad, (sql) => sql.includes('> 4000'))
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
    (sql, bound) => sql.includes('> 4000') || bound.includes(`[0,"${bad}"`),
  )
  const { rows, notRead } = await file(bindings)
  expect(rows).toEqual(all().with(99, ['', 'Hello 100']))
  expect(new Set(notRead)).toEqual(new Set([bad]))
})

it('a contact of which nothing can be read is in the file without anything', async () => {
  const bad = String(ids[0])
  const { bindings } = failingFor([bad], (sql) => sql.includes('contacts_in_files'))
  const { rows, notRead } = await file(bindings)
  expect(rows).toEqual(all().with(0, ['', '']))
  expect(notRead).toEqual([bad])
})

it('a fault that is none of the data breaks the file, and nothing is read again', async () => {
  const { bindings, returned } = limitedDatabase((sql) =>
    sql.includes('contacts_in_files') ? new Error('D1_ERROR: Something else.') : undefined,
  )
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  await expect(call(`${EXPORTS}/${await logOf({})}.csv`, { bindings })).rejects.toThrow(
    'The export failed',
  )
  log.mockRestore()
  expect(returned.queries).toBeLessThan(10)
})

it('a fault that every statement meets breaks the file after some hundred statements', async () => {
  let failed = 0
  const { bindings } = limitedDatabase((sql) => {
    if (!sql.includes('contacts_in_files')) return undefined
    failed += 1
    return malformed()
  })
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  await expect(call(`${EXPORTS}/${await logOf({})}.csv`, { bindings })).rejects.toThrow(
    'The export failed',
  )
  log.mockRestore()
  expect(failed).toBeLessThan(300)
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
  const { bindings } = failingFor([bad], (sql) => sql.includes('> 4000'))
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const { text } = await call(`${EXPORTS}/${await logOf({})}.csv`, { bindings })
  log.mockRestore()
  const row = csvRows(text)[6]
  expect([row?.[1], row?.[17], row?.[18]]).toEqual(['Ann', 'vip', 'ann@example.org'])
})
