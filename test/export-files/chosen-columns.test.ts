import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { columnByKey } from '../../src/contacts/columns.ts'
import { call, EXPORTS, MAILING, post } from '../helpers/api.ts'
import { addContact, addList, addTryingContacts, LIST, OTHER_LIST } from '../helpers/contacts.ts'
import { emptyStorage, insert } from '../helpers/database.ts'
import { csvRows, sheetRows, workbookOf } from '../helpers/files.ts'

let ids: Awaited<ReturnType<typeof addTryingContacts>>

beforeEach(async () => {
  await emptyStorage()
  await addList(LIST, { home_country: 'United States', name: 'Smith Ministry' })
  ids = await addTryingContacts()
})

const KINDS = [
  ['contacts', EXPORTS],
  ['mailing', MAILING],
] as const

const created = async (params: unknown, path: string = EXPORTS) => {
  const { status, text } = await post(params, { path })
  expect(status).toBe(201)
  return JSON.parse(text).data
}

const headingsOf = (keys: readonly string[]) => keys.map((key) => columnByKey.get(key)?.heading)

const sheetOf = async (path: string, columns: number) => {
  const [sheet] = (await workbookOf((await call(path)).bytes)).worksheets
  return sheet ? sheetRows(sheet, columns) : []
}

const problemsOf = (text: string): { detail: string; source: object }[] => JSON.parse(text).errors

describe.each(KINDS)('the columns of a log of %s', (_, path) => {
  it('are those of its params, in their order, in every format', async () => {
    const columns = ['address_block', 'account_list_name', 'contact_id', 'commitment_amount']
    const { id } = await created({ columns }, path)
    const rows = csvRows((await call(`${path}/${id}.csv`)).text)
    expect(rows).toEqual([
      headingsOf(columns),
      [expect.stringContaining('62701'), 'Smith Ministry', ids.organization, ''],
      [expect.stringContaining('GERMANY'), 'Smith Ministry', ids.couple, '50.0'],
    ])
    expect(await sheetOf(`${path}/${id}.xlsx`, 5)).toEqual(
      rows.map((row) =>
        row.map((cell) => (cell === '50.0' ? 50 : cell.replace(/^'/, ''))).concat(''),
      ),
    )
  })

  it('may be a text, which is shown as it came', async () => {
    const { id, attributes } = await created({ columns: 'status, contact_name' }, path)
    expect(attributes.params).toEqual({ columns: 'status, contact_name' })
    const [headings] = csvRows((await call(`${path}/${id}.csv`)).text)
    expect(headings).toEqual(['Status', 'Contact Name'])
  })

  it('are all there are, if all are named', async () => {
    const columns = [...columnByKey.keys()]
    const { id } = await created({ columns }, path)
    const rows = csvRows((await call(`${path}/${id}.csv`)).text)
    expect(rows.map(({ length }) => length)).toEqual([29, 29, 29])
    expect(rows[0]).toEqual(headingsOf(columns))
  })

  it.each([
    [['tags', 'x'], "There is no column 'x'."],
    [['tags', 'tags'], "The column 'tags' is named twice."],
    [[], "'columns' names no column."],
    ['', "'columns' names no column."],
    [{}, "'columns' must be an array"],
  ])('are a 400 as %j', async (columns, detail) => {
    const { status, text } = await post({ columns }, { path })
    expect(status).toBe(400)
    expect(problemsOf(text)).toEqual([
      expect.objectContaining({
        detail: expect.stringContaining(detail),
        source: { pointer: '/data/attributes/params/columns' },
      }),
    ])
  })

  it('are the same by query parameters at once', async () => {
    const { id } = await created({ columns: ['contact_id', 'status'] }, path)
    const posted = csvRows((await call(`${path}/${id}.csv`)).text)
    const atOnce = await call(`${path}.csv?columns=contact_id,status`)
    expect(csvRows(atOnce.text)).toEqual(posted)
    expect(await sheetOf(`${path}.xlsx?columns=contact_id%2Cstatus`, 2)).toEqual(posted)
    const self = /<([^>]+)>/.exec(atOnce.headers.get('Link') ?? '')?.[1] ?? ''
    const { attributes, meta } = JSON.parse((await call(self)).text).data
    expect(attributes.params).toEqual({ columns: 'contact_id,status', filter: {} })
    expect(Object.keys(meta.files)).toEqual(['csv'])
    expect((await call(`${self}.csv`)).text).toBe(atOnce.text)
  })

  it.each(['columns=', 'columns=x', 'columns=tags,tags', 'columns=tags&columns=status'])(
    'are a 400 at once as %s, and no log is made',
    async (query) => {
      const { status, text } = await call(`${path}.csv?${query}`)
      expect(status).toBe(400)
      expect(problemsOf(text)).toMatchObject([{ source: { parameter: 'columns' } }])
      expect((await call(`${path}.csv?${query}`, { method: 'HEAD' })).status).toBe(400)
      expect(await env.DB.prepare('SELECT count(*) FROM export_logs').first('count(*)')).toBe(0)
    },
  )
})

describe('the columns of a log', () => {
  it('are one file for each format, under both paths', async () => {
    const { id } = await created({ columns: ['contact_id'] })
    const first = await call(`${EXPORTS}/${id}.csv`)
    const second = await call(`${MAILING}/${id}.csv`)
    expect(second.text).toBe(first.text)
    expect(second.headers.get('ETag')).not.toBeNull()
    const { objects } = await env.FILES.list()
    expect(objects.map(({ key }) => key)).toEqual([`exports/${id}.csv`])
  })

  it('are those of the kind where params have none', async () => {
    const { id } = await created({ columns: null })
    expect(csvRows((await call(`${EXPORTS}/${id}.csv`)).text)[0]).toHaveLength(26)
    expect(csvRows((await call(`${MAILING}/${id}.csv`)).text)[0]).toHaveLength(9)
    const { objects } = await env.FILES.list()
    expect(objects.map(({ key }) => key)).toEqual([
      `exports/${id}.csv`,
      `exports/${id}.mailing.csv`,
    ])
  })

  it('are a 400 at the file where another program has stored unknown ones', async () => {
    const { id } = await created({})
    await env.DB.prepare(`UPDATE export_logs SET params = '{"columns":"x"}' WHERE id = ?`)
      .bind(id)
      .run()
    const { status, text } = await call(`${EXPORTS}/${id}.csv`)
    expect(status).toBe(400)
    expect(problemsOf(text)).toMatchObject([
      { source: { pointer: '/data/attributes/params/columns' } },
    ])
    expect((await call(`${EXPORTS}/${id}`)).status).toBe(200)
  })

  it('name the account list of each contact, cut at 250 characters', async () => {
    await addList(OTHER_LIST, { name: 'é'.repeat(300) })
    await addContact({ account_list_id: OTHER_LIST, name: 'Zoe' })
    await insert('account_lists', { id: 'a0000000-0000-4000-8000-000000000003' })
    const { text } = await call(`${EXPORTS}.csv?columns=account_list_name`)
    expect(csvRows(text)).toEqual([
      ['Account List Name'],
      ['Smith Ministry'],
      ['Smith Ministry'],
      ['é'.repeat(250)],
    ])
  })

  it('leave a row for each contact in a file of one column', async () => {
    await addContact({ name: 'Pat', status: 'Partner - Pray' })
    const { text } = await call(`${EXPORTS}.csv?columns=status`)
    expect(text).toBe('Status\r\n""\r\n""\r\nPartner - Pray\r\n')
    expect(await sheetOf(`${EXPORTS}.xlsx?columns=status`, 1)).toEqual([
      ['Status'],
      [''],
      [''],
      ['Partner - Pray'],
    ])
  })
})

describe('the columns of a preview', () => {
  it('are those of the file', async () => {
    const { text } = await call(`${EXPORTS}/preview?columns=address_block,contact_id`)
    const { data, meta } = JSON.parse(text)
    expect(Object.keys(data[0].attributes)).toEqual(['Address Block', 'Contact ID'])
    expect(data[1].attributes['Contact ID']).toBe(ids.couple)
    expect(meta.columns).toEqual([
      { key: 'address_block', heading: 'Address Block' },
      { key: 'contact_id', heading: 'Contact ID' },
    ])
  })

  it.each(['', 'x', 'tags,tags'])('are a 400 as %j', async (columns) => {
    const { status, text } = await call(`${EXPORTS}/preview?columns=${columns}`)
    expect(status).toBe(400)
    expect(problemsOf(text)).toMatchObject([{ source: { parameter: 'columns' } }])
  })
})
