import { beforeEach, describe, expect, it } from 'vitest'
import { call, EXPORTS, MAILING, post } from '../helpers/api.ts'
import { add, addContact, addList, addPerson, LIST, OTHER_LIST } from '../helpers/contacts.ts'
import { emptyStorage } from '../helpers/database.ts'
import { csvRows, sheetRows, workbookOf } from '../helpers/files.ts'

beforeEach(async () => {
  await emptyStorage()
  await addList(LIST, { home_country: 'United States' })
  await addList(OTHER_LIST, { home_country: 'Canada' })
  for (const [name, columns, address] of CONTACTS) {
    const contact_id = await addContact({ name, ...columns })
    if (address) await add('addresses', { contact_id, ...address })
  }
})

const CONTACTS = [
  [
    'Adams',
    { pledge_amount: 50, status: 'Partner - Pray' },
    { country: 'Germany', postal_code: '10117' },
  ],
  ['Baker', { pledge_amount: null, status: null }, { country: 'USA', postal_code: '62701' }],
  ['Clark', { pledge_amount: 5, status: 'Ask in Future' }, { postal_code: '02139' }],
  [
    'Davis',
    { account_list_id: OTHER_LIST, status: 'Partner - Pray' },
    { country: 'CA', postal_code: 'k1a 0b1' },
  ],
  ['Evans', { pledge_amount: 1000, status: 'Never Contacted' }, null],
  [
    'Foster',
    { account_list_id: OTHER_LIST, status: '' },
    { country: 'United States', postal_code: '10001' },
  ],
  [
    'Green',
    { pledge_amount: 50, status: 'Ask in Future' },
    { country: 'Austria', postal_code: null },
  ],
] as const

const ORDERS = [
  ['name', 'ABCDEFG'],
  ['-name', 'GFEDCBA'],
  ['zip', 'CBDGAFE'],
  ['postal_code', 'CBDGAFE'],
  ['-zip', 'FAGDBCE'],
  ['status', 'CGEADBF'],
  ['-status', 'ADECGBF'],
  ['pledge_amount', 'CAGEBDF'],
  ['-pledge_amount', 'EAGCBDF'],
] as const

const initialsOf = (rows: readonly (readonly unknown[])[]): string =>
  rows
    .slice(1)
    .map(([name]) => String(name).charAt(0))
    .join('')

const csvAt = async (path: string) => initialsOf(csvRows((await call(path)).text))

describe.each([
  ['contacts', EXPORTS],
  ['mailing', MAILING],
])('the sort of a log of %s', (_, path) => {
  it.each(ORDERS)('%s is the order of its files, at once and later', async (sort, order) => {
    const { text } = await post({ sort }, { path })
    const { id, attributes } = JSON.parse(text).data
    expect(attributes.params).toEqual({ sort })
    expect(await csvAt(`${path}/${id}.csv`)).toBe(order)
    const [sheet] = (await workbookOf((await call(`${path}/${id}.xlsx`)).bytes)).worksheets
    expect(sheet && initialsOf(sheetRows(sheet, 1))).toBe(order)
    expect(await csvAt(`${path}.csv?sort=${sort}`)).toBe(order)
    const preview = JSON.parse((await call(`${EXPORTS}/preview?sort=${sort}`)).text)
    expect(
      preview.data
        .map((row: { attributes: Record<string, string> }) => row.attributes['Contact Name']?.at(0))
        .join(''),
    ).toBe(order)
    expect(preview.meta.total).toBe(7)
  })

  it.each([null, undefined, '', 'Contact Name'])(
    '%j is by name, and shown as it came',
    async (sort) => {
      const { text } = await post({ sort, type: 'csv' }, { path })
      const { id } = JSON.parse(text).data
      expect(await csvAt(`${path}/${id}.csv`)).toBe('ABCDEFG')
      const shown = JSON.parse((await call(`${path}/${id}`)).text).data.attributes.params
      expect(shown).toEqual({ ...(sort !== undefined && { sort }), type: 'csv', filter: {} })
    },
  )

  it.each(['x', 7, ['zip'], {}])('%j is a 400 that names the known ones', async (sort) => {
    const { status, text } = await post({ sort }, { path })
    expect(status).toBe(400)
    expect(JSON.parse(text).errors).toMatchObject([
      {
        detail: expect.stringContaining('The sorts are name, zip, status,'),
        source: { pointer: '/data/attributes/params/sort' },
      },
    ])
  })
})

describe('a sort in a query string', () => {
  it.each([`${EXPORTS}.csv`, `${MAILING}.xlsx`, `${EXPORTS}/preview`])(
    'is a 400 where it is unknown or repeated: %s',
    async (path) => {
      for (const query of ['sort=x', 'sort=zip&sort=zip', 'sort=--zip']) {
        const { status, text } = await call(`${path}?${query}`)
        expect(status).toBe(400)
        expect(JSON.parse(text).errors).toMatchObject([{ source: { parameter: 'sort' } }])
      }
    },
  )

  it('selects by the filter, and names each thing that is wrong', async () => {
    expect(await csvAt(`${EXPORTS}.csv?filter[status]=Partner - Pray&sort=-name`)).toBe('DA')
    const { text } = await call(`${EXPORTS}.csv?filter[newsletter]=x&sort=x&columns=x&y=1`)
    const parameters = JSON.parse(text).errors.map(
      ({ source }: { source: { parameter: string } }) => source.parameter,
    )
    expect(parameters.toSorted()).toEqual(['columns', 'filter[newsletter]', 'sort', 'y'])
  })

  it('leaves out whom files leave out', async () => {
    const gone = await addContact({ name: 'Zander' })
    await addPerson(gone, { deceased: 1 })
    const preview = JSON.parse((await call(`${EXPORTS}/preview?sort=-name`)).text)
    expect([preview.meta.total, preview.data[0].attributes['Contact Name']]).toEqual([7, 'Green'])
    expect(await csvAt(`${EXPORTS}.csv?sort=-name`)).toBe('GFEDCBA')
  })
})
