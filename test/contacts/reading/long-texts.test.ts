import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { call, EXPORTS, MAILING } from '../../helpers/api.ts'
import { add, addContact, addList, addPerson, LIST, OTHER_LIST } from '../../helpers/contacts.ts'
import { emptyStorage, insert } from '../../helpers/database.ts'
import { csvRows, download, logOf, sheetRows, workbookOf } from '../../helpers/files.ts'
import { limitedDatabase } from '../../helpers/limited-database.ts'

const MEGABYTE = 1_000_000

beforeEach(async () => {
  await emptyStorage()
  await addList()
})

/** Rows in SQL, numbered by `i`. */
const numbersTo = (last: number): string => `WITH RECURSIVE number(i) AS (
  SELECT 1 UNION ALL SELECT i + 1 FROM number WHERE i < ${last})`

/** Adds contacts with an address, whose street has this number of bytes. */
async function addStreets(contacts: number, bytes: number) {
  const numbers = numbersTo(contacts)
  const id = `printf('00000000-0000-4000-8000-%012d', i)`
  await env.DB.prepare(
    `INSERT INTO contacts (id, account_list_id, name) ${numbers}
     SELECT ${id}, '${LIST}', printf('Name %04d', i) FROM number`,
  ).run()
  await env.DB.prepare(
    `INSERT INTO addresses (id, contact_id, city, street) ${numbers}
     SELECT ${id}, ${id}, 'City ' || i,
       i || ' ' || replace(hex(zeroblob(${bytes / 2})), '00', 'ab') FROM number`,
  ).run()
}

describe('contacts with long streets', () => {
  it.each([
    ['the contacts', EXPORTS, 40_000, 'Mailing Street Address'],
    ['the mailing', EXPORTS.concat('/mailing'), 20_000, 'Address Block'],
  ])('come out whole in the columns of %s', async (_, path, bytes, heading) => {
    await addStreets(500, bytes)
    const { bindings, returned } = limitedDatabase()
    const { text } = await call(`${path}/${await logOf({}, { path })}.csv`, { bindings })
    const [headings = [], ...rows] = csvRows(text)
    expect(rows).toHaveLength(500)
    const [city, long] = ['Mailing City', heading].map((name) => headings.indexOf(name))
    for (const [index, row] of rows.entries()) {
      expect(row[city ?? -1]).toBe(`City ${index + 1}`)
      expect(row[long ?? -1]).toContain(`${index + 1} ${'ab'.repeat(bytes / 2)}`)
    }
    expect(returned.mostBytes).toBeLessThan(4.5 * MEGABYTE)
    expect(returned.queries).toBeLessThan(40)
  })

  it('are cut at what a cell may hold in a workbook', async () => {
    await addStreets(120, 40_000)
    const { bindings, returned } = limitedDatabase()
    const { bytes } = await download(await logOf({}), 'xlsx', { bindings })
    const rows = (await workbookOf(bytes)).worksheets.flatMap((sheet) => sheetRows(sheet, 8))
    expect(rows).toHaveLength(121)
    for (const [index, row] of rows.slice(1).entries()) {
      expect([String(row[6]).length, row[7]]).toEqual([32_767, `City ${index + 1}`])
    }
    expect(returned.mostBytes).toBeLessThan(4.5 * MEGABYTE)
  })
})

it('rows of a size between short and long ones take few statements', async () => {
  await env.DB.prepare(
    `INSERT INTO contacts (id, account_list_id, name, greeting)
     WITH RECURSIVE number(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM number WHERE i < 3000)
     SELECT printf('00000000-0000-4000-8000-%012d', i), '${LIST}', printf('Name %04d', i),
       printf('%s%s', i, replace(hex(zeroblob(iif(i % 2, 1950, 5))), '00', 'é')) FROM number`,
  ).run()
  const { bindings, returned } = limitedDatabase()
  const { text } = await download(await logOf({}), 'csv', { bindings })
  const rows = csvRows(text).slice(1)
  expect(rows).toHaveLength(3000)
  for (const [index, row] of rows.entries()) {
    const letters = index % 2 === 0 ? 1950 : 5
    expect(row[4]).toBe(`${index + 1}${'é'.repeat(letters)}`)
  }
  expect(returned.mostBytes).toBeLessThan(4.5 * MEGABYTE)
  expect(returned.queries).toBeLessThan(40)
})

/** A contact beside ordinary ones. */
async function addUnusual(columns: Record<string, string | number | null> = {}) {
  await addContact({ name: 'Ann' })
  await addContact({ name: 'Zoe' })
  return addContact({ name: 'Mary', ...columns })
}

const FORMATS = [
  `${EXPORTS}/ID.csv`,
  `${EXPORTS}/ID.csv?bom=true`,
  `${EXPORTS}/ID.xlsx`,
  `${MAILING}/ID.csv`,
  `${MAILING}/ID.xlsx`,
]

/** The rows of a file in every format, without the headings, under the limits of production. */
async function rowsInEveryFormat(): Promise<unknown[][][]> {
  const id = await logOf({})
  const files: unknown[][][] = []
  for (const path of FORMATS) {
    const { bindings, returned } = limitedDatabase()
    const { bytes, text } = await call(path.replace('ID', id), { bindings })
    expect(returned.mostBytes).toBeLessThan(4.5 * MEGABYTE)
    const rows = path.endsWith('.xlsx')
      ? (await workbookOf(bytes)).worksheets.flatMap((sheet) => sheetRows(sheet, 26))
      : csvRows(text.replace('\ufeff', ''))
    files.push(rows.slice(1))
  }
  return files
}

/** The file as CSV. Every other format has as many rows, and the same ordinary contacts. */
async function wholeFile(name: unknown = 'Mary'): Promise<unknown[][]> {
  const files = await rowsInEveryFormat()
  for (const rows of files) expect(rows.map((row) => row[0])).toEqual(['Ann', name, 'Zoe'])
  return files[0] ?? []
}

const long = (letter: string) => `${letter.repeat(250_000)}é`

describe('in every format the file is whole with a contact', () => {
  it('with long texts in the columns of its row', async () => {
    await addUnusual({
      greeting: long('g'),
      envelope_greeting: long('e'),
      send_newsletter: long('n'),
      pledge_currency: long('c'),
    })
    const [, row] = await wholeFile()
    expect([row?.[4], row?.[5], row?.[13], row?.[15]]).toEqual(['g', 'e', 'c', 'n'].map(long))
  })

  it('with a greeting of 1.7 MB of control characters', async () => {
    await addUnusual()
    await env.DB.prepare(
      `UPDATE contacts SET greeting = replace(hex(zeroblob(850000)), '0', char(1)) || '!'
       WHERE name = 'Mary'`,
    ).run()
    const [, row] = await wholeFile()
    expect(String(row?.[4]).replaceAll('\u0001', '')).toBe('!')
  })

  it('with a name of 1.7 MB of control characters, in one account list and in two', async () => {
    await addUnusual()
    await env.DB.prepare(
      `UPDATE contacts SET name = 'Mary' || replace(hex(zeroblob(850000)), '0', char(1))
       WHERE name = 'Mary'`,
    ).run()
    for (const lists of [1, 2]) {
      if (lists === 2) await addList(OTHER_LIST)
      for (const rows of await rowsInEveryFormat()) {
        const names = rows.map(([name]) => String(name).replaceAll('\u0001', ''))
        expect(names).toEqual(['Ann', 'Mary', 'Zoe'])
      }
      const { bindings } = limitedDatabase()
      const { status, text } = await call(`${EXPORTS}/preview`, { bindings })
      expect([status, JSON.parse(text).meta.total]).toEqual([200, 3])
    }
  })

  it.each([
    ['names', `name = name || replace(hex(zeroblob(1900)), '0', char(1))`],
    ['greetings', `greeting = replace(hex(zeroblob(1990)), '0', char(1))`],
  ])('with %s of control characters that are just short enough for a row', async (_, change) => {
    for (let number = 0; number < 40; number += 1) await addContact({ name: `Name ${number}` })
    await addUnusual()
    await env.DB.prepare(`UPDATE contacts SET ${change} WHERE name LIKE 'Name %'`).run()
    for (const rows of await rowsInEveryFormat()) expect(rows).toHaveLength(43)
  })

  it('with 100,000 tags', async () => {
    const id = await addUnusual()
    await env.DB.prepare(
      `INSERT INTO contact_tags ${numbersTo(100_000)}
       SELECT ?, printf('tag %06d', i) FROM number`,
    )
      .bind(id)
      .run()
    const [, row] = await wholeFile()
    const tags = String(row?.[17]).split(', ')
    expect([tags.length, tags[0], tags.at(-1)]).toEqual([100_000, 'tag 000001', 'tag 100000'])
  })

  it('with more tags than a value of D1 has room for', async () => {
    const id = await addUnusual()
    for (const letter of ['a', 'b', 'c']) {
      await insert('contact_tags', { contact_id: id, name: letter.repeat(900_000) })
    }
    const [, row] = await wholeFile()
    expect(row?.[17]).toBe(`${'a'.repeat(900_000)}, ${'b'.repeat(900_000)}`)
  })

  it('with a tag that is long, one with a comma, and one of control characters', async () => {
    const id = await addUnusual()
    for (const name of ['a'.repeat(5000), 'b, "c"', 'd\u001fe', '\u0000']) {
      await insert('contact_tags', { contact_id: id, name })
    }
    const [, row] = await wholeFile()
    expect(String(row?.[17]).replaceAll('\u0000', '')).toContain(
      `${'a'.repeat(5000)}, "b, ""c""", de`,
    )
  })

  it('with 50,000 people', async () => {
    const id = await addUnusual()
    const numbers = numbersTo(50_000)
    await env.DB.batch([
      env.DB.prepare(
        `INSERT INTO people (id, first_name) ${numbers}
         SELECT 'person ' || i, 'Person ' || i FROM number`,
      ),
      env.DB.prepare(
        `INSERT INTO contact_people (id, contact_id, person_id, is_primary) ${numbers}
         SELECT printf('member %06d', i), ?, 'person ' || i, i = 40000 FROM number`,
      ).bind(id),
    ])
    const [, row] = await wholeFile()
    expect([row?.[1], row?.[3]]).toEqual(['Person 40000', 'Person 1'])
  })

  it('whose people have long names, e-mail addresses and phone numbers', async () => {
    const person = await addPerson(await addUnusual(), { last_name: 'l'.repeat(900_000) })
    await add('email_addresses', { person_id: person, email: `${'e'.repeat(50_000)}@example.org` })
    await add('phone_numbers', { person_id: person, number: `+${'1'.repeat(50_000)}` })
    const [, row] = await wholeFile()
    expect([row?.[2], row?.[20], row?.[24]]).toEqual([
      'l'.repeat(900_000),
      `${'e'.repeat(50_000)}@example.org`,
      `+${'1'.repeat(50_000)}`,
    ])
  })

  it('with more text than a statement returns, of which each is cut', async () => {
    const contact = await addUnusual({ greeting: 'g'.repeat(1_900_000) })
    for (const name of ['One', 'Two']) {
      const person = await addPerson(contact, { first_name: name, last_name: 'é'.repeat(900_000) })
      for (const number of [1, 2]) {
        await add('email_addresses', { person_id: person, email: `${number}`.repeat(1_900_000) })
        await add('phone_numbers', { person_id: person, number: `${number}`.repeat(1_900_000) })
      }
    }
    const [, row] = await wholeFile()
    expect(row?.[1]).toBe('One')
    const cells = [row?.[2], row?.[4], row?.[20], row?.[21], row?.[24], row?.[25]]
    for (const cell of cells) expect(String(cell).length).toBeGreaterThanOrEqual(32_767)
    expect(row?.[2]).toMatch(/^é+$/)
  })

  it.each([
    ['that is no UTF-8', `CAST(x'4dff41' AS TEXT)`, 'M\ufffdA'],
    ['with a NUL', `'a' || char(0) || 'b'`, 'ab'],
    ['with half of a pair', `CAST(x'4deda080' AS TEXT)`, 'M\ufffd\ufffd\ufffd'],
  ])('with a text %s', async (_, sql, shown) => {
    await addUnusual()
    await env.DB.prepare(`UPDATE contacts SET greeting = ${sql} WHERE name = 'Mary'`).run()
    const [, row] = await wholeFile()
    expect(String(row?.[4]).replaceAll('\u0000', '')).toBe(shown)
  })

  it.each(['9e999', '-9e999'])('with an amount of %s', async (amount) => {
    await addUnusual()
    await env.DB.prepare(`UPDATE contacts SET pledge_amount = ${amount} WHERE name = 'Mary'`).run()
    const [, row] = await wholeFile()
    expect(row?.[12]).toBe('')
  })
})

it('a preview shows ten contacts, however long their texts are', async () => {
  await addStreets(12, 600_000)
  const { text } = await call(`${EXPORTS}/preview`)
  const { data } = JSON.parse(text)
  expect(data.map((row: { attributes: object }) => Object.values(row.attributes)[7])).toEqual(
    Array.from({ length: 10 }, (_, index) => `City ${index + 1}`),
  )
})
