import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { contactColumns, furtherColumns, mailingColumns } from '../../src/contacts/columns.ts'
import { openApiDocument } from '../../openapi/document.ts'
import {
  download,
  exported,
  exportedNames,
  logOf,
  sheetRows,
  workbookOf,
} from '../helpers/files.ts'
import { OTHER_USER } from '../helpers/api.ts'
import {
  add,
  addContact,
  addList,
  addPerson,
  LIST,
  newId,
  OTHER_LIST,
} from '../helpers/contacts.ts'
import { emptyStorage, insert } from '../helpers/database.ts'

beforeEach(async () => {
  await emptyStorage()
  await addList(LIST, { home_country: 'Canada' })
})

const only = async () => {
  const rows = await exported({})
  expect(rows).toHaveLength(1)
  return rows[0] ?? {}
}

describe('the columns', () => {
  it('show a contact that has everything', async () => {
    const contact = await addContact({
      name: 'Smith, John and Jane',
      status: 'Partner - Pray',
      pledge_amount: 12.5,
      pledge_currency: 'EUR',
      pledge_frequency: 3,
      pledge_received: 1,
      send_newsletter: 'Both',
    })
    const john = await addPerson(
      contact,
      { first_name: 'John', last_name: 'Smith' },
      { is_primary: 1 },
    )
    const jane = await addPerson(contact, { first_name: 'Jane', last_name: 'Smith' })
    for (const [person_id, name] of [
      [john, 'john'],
      [jane, 'jane'],
    ]) {
      if (!person_id) continue
      await add('email_addresses', { person_id, email: `${name}@example.org`, is_primary: 1 })
      await add('email_addresses', { person_id, email: `${name}@other.org` })
      await add('phone_numbers', { person_id, number: `+1 ${name}`, is_primary: 1 })
      await add('phone_numbers', { person_id, number: `+2 ${name}` })
    }
    await add('addresses', {
      contact_id: contact,
      street: ' 1 Main St\r\nApt 2 ',
      city: 'Paris',
      state: 'IDF',
      postal_code: '01234',
      country: 'France',
    })
    await insert(
      'contact_tags',
      { contact_id: contact, name: 'b' },
      { contact_id: contact, name: 'a' },
    )
    expect(Object.entries(await only())).toEqual([
      ['Contact Name', 'Smith, John and Jane'],
      ['First Name', 'John'],
      ['Last Name', 'Smith'],
      ['Spouse First Name', 'Jane'],
      ['Greeting', 'John and Jane'],
      ['Envelope Greeting', 'John and Jane Smith'],
      ['Mailing Street Address', '1 Main St\nApt 2'],
      ['Mailing City', 'Paris'],
      ['Mailing State', 'IDF'],
      ['Mailing Postal Code', '01234'],
      ['Mailing Country', 'France'],
      ['Status', 'Partner - Pray'],
      ['Commitment Amount', '12.5'],
      ['Commitment Currency', 'EUR'],
      ['Commitment Frequency', 'Quarterly'],
      ['Newsletter', 'Both'],
      ['Commitment Received', 'Yes'],
      ['Tags', 'a, b'],
      ['Primary Email', 'john@example.org'],
      ['Spouse Email', 'jane@example.org'],
      ['Other Email', 'john@other.org'],
      ['Spouse Other Email', 'jane@other.org'],
      ['Primary Phone', "'+1 john"],
      ['Spouse Phone', "'+1 jane"],
      ['Other Phone', "'+2 john"],
      ['Spouse Other Phone', "'+2 jane"],
    ])
  })

  it('leave what is absent empty', async () => {
    await addContact({ name: 'Church' })
    const row = await only()
    expect(Object.entries(row).filter(([, cell]) => cell !== '')).toEqual([
      ['Contact Name', 'Church'],
      ['Greeting', 'Church'],
      ['Envelope Greeting', 'Church'],
      ['Commitment Currency', 'USD'],
      ['Commitment Frequency', 'Monthly'],
      ['Commitment Received', 'No'],
    ])
  })

  it.each([
    ['CAD', null, 'CAD'],
    ['CAD', '', 'CAD'],
    ['CAD', 'EUR', 'EUR'],
    [null, null, 'USD'],
    ['', '', 'USD'],
  ])('show with default %j and stored %j the currency %j', async (home, stored, expected) => {
    await addList(OTHER_LIST, { default_currency: home })
    await addContact({ account_list_id: OTHER_LIST, pledge_currency: stored })
    expect((await only())['Commitment Currency']).toBe(expected)
  })

  it.each([
    [0.23076923076923, 'Weekly'],
    [3 / 13, 'Weekly'],
    [0.2308, 'Weekly'],
    [0.2309, ''],
    [0.46153846153846, 'Every 2 Weeks'],
    [0.4615, 'Every 2 Weeks'],
    [1, 'Monthly'],
    [2, 'Every 2 Months'],
    [3, 'Quarterly'],
    [4, 'Every 4 Months'],
    [6, 'Every 6 Months'],
    [12, 'Annual'],
    [24, 'Every 2 Years'],
    [5, ''],
    [0, ''],
  ])('show the frequency %d as %j', async (pledge_frequency, label) => {
    await addContact({ pledge_frequency })
    expect((await only())['Commitment Frequency']).toBe(label)
  })

  it('show tags in code-point order, those with commas and quotes quoted', async () => {
    const contact_id = await addContact()
    const names = ['😀', '\uff5e', 'b', 'B', 'a,"b"', 'é']
    await insert('contact_tags', ...names.map((name) => ({ contact_id, name })))
    expect((await only())['Tags']).toBe('B, "a,""b""", b, é, \uff5e, 😀')
  })

  it('show no tag without a name', async () => {
    const contact_id = await addContact()
    await insert('contact_tags', { contact_id, name: 'a' }, { contact_id, name: '' })
    expect((await only())['Tags']).toBe('a')
  })

  it.each([
    ['Canada', ''],
    ['canada', 'canada'],
    ['', ''],
  ])('show the country %j as %j to somebody in Canada', async (country, shown) => {
    await add('addresses', { contact_id: await addContact(), city: 'Here', country })
    const row = await only()
    expect([row['Mailing City'], row['Mailing Country']]).toEqual(['Here', shown])
  })

  it('show of the addresses that are neither deleted nor historic the primary one, or the first', async () => {
    const contact_id = await addContact()
    const address = (city: string, changes = {}) =>
      add('addresses', { contact_id, city, ...changes })
    await address('late', { created_at: '2022-01-02T00:00:00Z' })
    expect((await only())['Mailing City']).toBe('late')
    await address('early', { created_at: '2022-01-01T00:00:00Z' })
    expect((await only())['Mailing City']).toBe('early')
    await address('historic', { historic: 1, primary_mailing_address: 1 })
    await address('deleted', { deleted: 1, primary_mailing_address: 1 })
    expect((await only())['Mailing City']).toBe('early')
    await address('primary', { primary_mailing_address: 1, created_at: '2023-01-01T00:00:00Z' })
    expect((await only())['Mailing City']).toBe('primary')
  })

  it('name an envelope as a donor account does, when that has exactly the name', async () => {
    const name = 'Doe, John and Janet (Jane)'
    const contact_id = await addContact({ name })
    const donor_account_id = await add('donor_accounts', { name: ` ${name}` })
    await insert('contact_donor_accounts', { contact_id, donor_account_id })
    expect((await only())['Envelope Greeting']).toBe('John Doe and Janet Jane')
    const exact = await add('donor_accounts', { name })
    await insert('contact_donor_accounts', { contact_id, donor_account_id: exact })
    expect((await only())['Envelope Greeting']).toBe('John and Janet Doe')
  })
})

describe('the rows', () => {
  it('come by name in code-point order, ties by id', async () => {
    const [second, first] = [newId(), newId()].toReversed()
    for (const name of ['b', 'a', 'B', 'é', '😀', '\uff5e']) await addContact({ name })
    await addContact({ id: second ?? '', name: 'z', greeting: 'second' })
    await addContact({ id: first ?? '', name: 'z', greeting: 'first' })
    const rows = await exported({})
    expect(rows.map((row) => row['Contact Name'])).toEqual([
      'B',
      'a',
      'b',
      'z',
      'z',
      'é',
      '\uff5e',
      '😀',
    ])
    expect(rows.slice(3, 5).map((row) => row['Greeting'])).toEqual(['first', 'second'])
  })

  it('leave out a contact all of whose people are deceased, and keep one without people', async () => {
    await addContact({ name: 'nobody' })
    const widow = await addContact({ name: 'widow' })
    await addPerson(widow, { first_name: 'He', deceased: 1 }, { is_primary: 1 })
    await addPerson(widow, { first_name: 'She' })
    await addPerson(await addContact({ name: 'gone' }), { deceased: 1 })
    const rows = await exported({})
    expect(rows.map((row) => [row['Contact Name'], row['Greeting']])).toEqual([
      ['nobody', 'nobody'],
      ['widow', 'She'],
    ])
  })

  it('are of the account lists that the caller may read, and of no other', async () => {
    await addContact({ name: 'mine' })
    await addList(OTHER_LIST, {}, OTHER_USER)
    await addContact({ name: 'theirs', account_list_id: OTHER_LIST })
    expect(await exportedNames({})).toEqual(['mine'])
    expect(await exportedNames({}, { user: OTHER_USER })).toEqual(['theirs'])
  })

  it('are twenty thousand in a workbook, cell by cell those of the CSV file', async () => {
    const json = JSON.stringify(Array.from({ length: 20_000 }, () => newId()))
    await env.DB.batch([
      env.DB.prepare(
        `INSERT INTO contacts (id, account_list_id, name, pledge_amount)
         SELECT value, ?, 'Name ' || (key * 7919 % 20011), key FROM json_each(?)`,
      ).bind(LIST, json),
      env.DB.prepare(
        `INSERT INTO contact_tags (contact_id, name) SELECT value, 'tag ' || key FROM json_each(?)`,
      ).bind(json),
    ])
    const id = await logOf({})
    const rows = await exported({})
    const workbook = await workbookOf((await download(id, 'xlsx')).bytes)
    const [sheet] = workbook.worksheets
    const cells = sheet ? sheetRows(sheet, 26).slice(1) : []
    expect(cells).toHaveLength(20_000)
    expect(
      cells.map((row) => row.map((cell) => (typeof cell === 'number' ? `${cell}.0` : cell))),
    ).toEqual(rows.map((row) => Object.values(row)))
  })
})

describe('the key of a column', () => {
  const columns = [...new Set([...contactColumns, ...mailingColumns, ...furtherColumns])]

  it('is its heading in snake case', () => {
    for (const { key, heading } of columns) {
      expect(key).toBe(heading.toLowerCase().replaceAll(' ', '_'))
    }
  })

  it('belongs to one column only', () => {
    expect(new Set(columns.map(({ key }) => key)).size).toBe(columns.length)
  })

  it('is in the OpenAPI document', () => {
    const document = JSON.stringify(openApiDocument())
    for (const { key, heading } of columns) expect(document).toContain(`- \`${key}\`: ${heading}, `)
  })
})
