import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { call, EXPORTS, MAILING, ORIGIN, tokenFor, USER, type Call } from '../helpers/api.ts'
import {
  add,
  addContact,
  addList,
  addTryingContacts,
  LIST,
  newId,
  OTHER_LIST,
} from '../helpers/contacts.ts'
import { emptyStorage, insert } from '../helpers/database.ts'
import { csvRows, logOf, sheetRows, workbookOf } from '../helpers/files.ts'

let ids: Awaited<ReturnType<typeof addTryingContacts>>

beforeEach(async () => {
  await emptyStorage()
  await addList(LIST, { home_country: 'United States' })
  ids = await addTryingContacts()
  await insert('contact_tags', { contact_id: ids.couple, name: 'a, b' })
  await insert('contact_tags', { contact_id: ids.couple, name: 'c' })
  await insert('contact_tags', { contact_id: ids.organization, name: 'c' })
  await env.DB.prepare(`UPDATE contacts SET notes = 'camp' WHERE id = ?`).bind(ids.couple).run()
  const donor_account_id = await add('donor_accounts', {})
  const designation_account_id = await add('designation_accounts', {})
  await insert('contact_donor_accounts', { contact_id: ids.couple, donor_account_id })
  await insert('account_list_designation_accounts', {
    account_list_id: LIST,
    designation_account_id,
  })
  await add('donations', { donor_account_id, designation_account_id, amount: 7 })
})

const query = (...parameters: readonly (readonly [string, string])[]) =>
  `?${new URLSearchParams(parameters.map(([name, value]) => [name, value])).toString()}`

const logRows = async () => (await env.DB.prepare('SELECT * FROM export_logs').all()).results

const sheetsOf = async (bytes: Uint8Array<ArrayBuffer>) =>
  (await workbookOf(bytes)).worksheets.map((sheet) => sheetRows(sheet, 26))

const COUPLE = 'Müller, Jörg & "Jo" Ann'
const BOTH = ["'=SUM(A1), The", COUPLE]

/**
 * The filter, in the forms that a query string can give it, as a POST would have it, and whom it
 * selects.
 */
const forms: readonly [string, () => string, () => unknown, string[]][] = [
  ['none at all', () => '', () => ({}), BOTH],
  ['a text', () => query(['filter[status]', 'hidden']), () => ({ status: 'hidden' }), ['Zed']],
  [
    'a list parted at commas',
    () => query(['filter[tags]', '"a, b",c']),
    () => ({ tags: ['a, b', 'c'] }),
    [COUPLE],
  ],
  [
    'a list of brackets',
    () => query(['filter[ids][]', ids.couple], ['filter[ids][]', ids.hidden]),
    () => ({ ids: [ids.couple, ids.hidden] }),
    [COUPLE, 'Zed'],
  ],
  [
    'a list of one',
    () => query(['filter[ids][]', ids.hidden]),
    () => ({ ids: [ids.hidden] }),
    ['Zed'],
  ],
  [
    'a tree',
    () => query(['filter[notes][wildcard_note_search]', 'camp']),
    () => ({ notes: { wildcard_note_search: 'camp' } }),
    [COUPLE],
  ],
  [
    'two ends of a range',
    () =>
      query(
        ['filter[donation_amount_range][min]', '5'],
        ['filter[donation_amount_range][max]', '9'],
      ),
    () => ({ donation_amount_range: { min: 5, max: 9 } }),
    [COUPLE],
  ],
  [
    'several keys',
    () =>
      query(
        ['filter[account_list_id]', LIST],
        ['filter[any_tags]', 'false'],
        ['filter[ids][]', ids.hidden],
        ['filter[reverse_ids]', 'true'],
      ),
    () => ({ account_list_id: LIST, any_tags: false, ids: [ids.hidden], reverse_ids: true }),
    BOTH,
  ],
  ['other spellings', () => query(['filter[nameLike]', 'm']), () => ({ name_like: 'm' }), [COUPLE]],
  [
    'JSON',
    () => query(['filter', '{"status":"active,hidden"}']),
    () => ({ status: 'active,hidden' }),
    [...BOTH, 'Zed'],
  ],
  ['an empty text', () => '?filter=', () => ({}), BOTH],
  ['an empty value', () => '?filter[status]=', () => ({ status: '' }), BOTH],
  ['unencoded brackets', () => '?filter[status]=hidden', () => ({ status: 'hidden' }), ['Zed']],
  [
    'a plus for a blank',
    () => '?filter[status]=Never+Ask',
    () => ({ status: 'Never Ask' }),
    ['Zed'],
  ],
]

describe.each([
  ['contacts', EXPORTS],
  ['mailing', MAILING],
])('a one-shot export of %s', (_, path) => {
  it.each(forms)('with %s gives the cells that a POST gives', async (__, search, filter, names) => {
    const posted = await logOf(filter(), { path })
    const csv = await call(`${path}.csv${search()}`)
    expect(
      csvRows(csv.text)
        .slice(1)
        .map(([name]) => name),
    ).toEqual(names)
    expect(csvRows(csv.text)).toEqual(csvRows((await call(`${path}/${posted}.csv`)).text))
    const xlsx = await call(`${path}.xlsx${search()}`)
    expect(await sheetsOf(xlsx.bytes)).toEqual(
      await sheetsOf((await call(`${path}/${posted}.xlsx`)).bytes),
    )
  })

  it('keeps its file for the log that it links to', async () => {
    const first = await call(`${path}.csv?filter[status]=hidden`)
    const [log] = await logRows()
    const self = `${ORIGIN}${path}/${String(log?.['id'])}`
    expect(first.headers.get('Link')).toBe(`<${self}>; rel="describedby"`)
    const { data } = JSON.parse((await call(self)).text)
    expect(data.attributes).toMatchObject({
      params: { filter: { status: 'hidden' } },
      type: path === MAILING ? 'Contacts Mailing' : 'Contacts',
    })
    expect(data.meta.files.csv).toMatchObject({ rows: 1, bytes: first.bytes.length })
    const again = await call(`${self}.csv`)
    expect(again.headers.get('ETag')).toBe(`"${data.meta.files.csv.sha256}"`)
    expect(again.bytes).toEqual(first.bytes)
  })

  it('has the headers of a download, and makes a log each time', async () => {
    const day = new Date().toISOString().slice(0, 10).replaceAll('-', '')
    const name = path === MAILING ? 'contacts-mailing' : 'contacts'
    for (const format of ['csv', 'xlsx']) {
      const { headers } = await call(`${path}.${format}`)
      expect(headers.get('Content-Disposition')).toBe(
        `attachment; filename="${name}-${day}.${format}"`,
      )
      expect(headers.get('Cache-Control')).toBe('private, no-cache')
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
    }
    expect(await logRows()).toHaveLength(2)
  })

  it('makes no log for a HEAD, which refuses what a GET refuses', async () => {
    const head = await call(`${path}.csv?filter[status]=hidden`, { method: 'HEAD' })
    expect([head.status, head.bytes.length, head.headers.get('Link')]).toEqual([200, 0, null])
    expect(head.headers.get('Content-Disposition')).toMatch(/^attachment; filename="contacts/)
    expect(head.headers.get('Content-Length')).toBeNull()
    for (const [search, expected] of [
      ['filter[newsletter]=x', 400],
      [`filter[account_list_id]=${OTHER_LIST}`, 404],
    ] as const) {
      expect((await call(`${path}.csv?${search}`, { method: 'HEAD' })).status).toBe(expected)
    }
    expect(await logRows()).toEqual([])
    expect((await env.FILES.list()).objects).toEqual([])
  })

  it('takes its token from the query, and marks CSV for Excel', async () => {
    const token = await tokenFor(USER)
    const search = `?filter[status]=hidden&bom=true&access_token=${token}`
    const { bytes } = await call(`${path}.csv${search}`, { user: null })
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const [log] = await logRows()
    expect(log?.['params']).toBe('{"filter":{"status":"hidden"}}')
    expect((await env.FILES.list()).objects.map(({ key }) => key)).toEqual([
      `exports/${String(log?.['id'])}.bom.csv`,
    ])
  })

  it('wants a token: a signed link is for one log', async () => {
    const { text } = await call(`${EXPORTS}/${await logOf({})}`)
    const { search } = new URL(JSON.parse(text).data.links.csv)
    for (const parameters of ['', search]) {
      expect((await call(`${path}.csv${parameters}`, { user: null })).status).toBe(401)
    }
  })
})

const parametersOf = (text: string) =>
  JSON.parse(text).errors.map(
    (error: { source?: { parameter?: string } }) => error.source?.parameter,
  )

const get = (search: string, call_: Call = {}) => call(`${EXPORTS}.csv?${search}`, call_)

describe('of a one-shot export', () => {
  it.each<[string, string, string[]]>([
    ['a value that cannot be read', 'filter[newsletter]=x', ['filter[newsletter]']],
    [
      'two such values',
      'filter[newsletter]=x&filter[contact_type]=y',
      ['filter[newsletter]', 'filter[contact_type]'],
    ],
    ['such a value in JSON', 'filter={"newsletter":"x"}', ['filter']],
    ['a filter that is no JSON', 'filter={', ['filter']],
    ['a filter that is a list', 'filter=[]', ['filter']],
    ['a filter given twice', 'filter={}&filter={}', ['filter']],
    ['both forms', 'filter={}&filter[status]=active', ['filter[status]']],
    ['a key given twice', 'filter[status]=active&filter[status]=hidden', ['filter[status]']],
    ['a text and a list', 'filter[ids]=a&filter[ids][]=b', ['filter[ids][]']],
    ['a list and a text', 'filter[ids][]=a&filter[ids]=b', ['filter[ids]']],
    ['a text and a tree', 'filter[notes]=a&filter[notes][x]=b', ['filter[notes][x]']],
    ['a list and a tree', 'filter[tags][]=a&filter[tags][x]=b', ['filter[tags][x]']],
    ['two spellings of a key', 'filter[nameLike]=a&filter[name_like]=b', ['filter[name_like]']],
    ['no key', 'filter[]=a', ['filter[]']],
    ['an open bracket', 'filter[status=a', ['filter[status']],
    ['something behind a bracket', 'filter[status]x=a', ['filter[status]x']],
    ['a list within a list', 'filter[ids][][]=a', ['filter[ids][][]']],
    ['a dot for a bracket', 'filter.status=a', ['filter.status']],
    ['another case', 'Filter[status]=a', ['Filter[status]']],
    ['the plural', 'filters[status]=a', ['filters[status]']],
    ['a key without its filter', 'status=hidden', ['status']],
    ['a key of two words without its filter', `account_list_id=${newId()}`, ['account_list_id']],
    ['a list without its filter', 'ids[]=a', ['ids[]']],
    ['params', 'params={}', ['params']],
    ['a page', 'page[size]=1', ['page[size]']],
    [
      'all of it together',
      'a=1&filter[]=b&filter[newsletter]=x&ids[]=c&ids[]=d',
      ['a', 'ids[]', 'filter[]', 'filter[newsletter]'],
    ],
    ['another mark', 'bom=yes', ['bom']],
    ['two marks', 'bom=true&bom=true', ['bom']],
  ])('%s is a 400 that names the parameter, and makes no log', async (_, search, parameters) => {
    const { status, text } = await get(search)
    expect(status).toBe(400)
    expect(parametersOf(text)).toEqual(parameters)
    expect(await logRows()).toEqual([])
  })

  it('a filter that is nested too deep is a 400', async () => {
    expect((await get(`filter${'[a]'.repeat(65)}=b`)).status).toBe(400)
    expect((await get(`filter${'[a]'.repeat(3000)}=b`)).status).toBe(400)
  })

  it('what a cache or a campaign adds is ignored', async () => {
    const { text } = await get(
      'filter[status]=hidden&_=1700000000&utm_source=mail&utm_x=&access_token=x',
    )
    expect(csvRows(text)).toHaveLength(2)
  })

  it('an account list that the caller may not read is a 404 in the same words, and makes no log', async () => {
    await insert('account_lists', { id: OTHER_LIST })
    for (const id of [OTHER_LIST, newId()]) {
      const { status, text } = await get(`filter[account_list_id]=${id}`)
      expect(status).toBe(404)
      expect(JSON.parse(text).errors[0].detail).toBe(
        `Resource 'AccountList' with id '${id}' does not exist.`,
      )
    }
    expect(await logRows()).toEqual([])
  })

  it('Content-Type and Accept are ignored', async () => {
    const headers = { 'Content-Type': 'application/xlsx', Accept: 'image/*' }
    expect((await get('', { headers })).status).toBe(200)
  })

  it.each(['ods', 'PDF', 'CSV', ''])(
    'the format %j is a 404 that names those there are',
    async (format) => {
      for (const path of [EXPORTS, MAILING]) {
        const { status, text } = await call(`${path}.${format}`, { user: null })
        expect(status).toBe(404)
        expect(text).toMatch(/csv, xlsx, and pdf/)
      }
    },
  )

  it('contacts of other account lists are left out', async () => {
    await insert('account_lists', { id: OTHER_LIST })
    await addContact({ name: 'Foreign', account_list_id: OTHER_LIST })
    expect((await get('')).text).not.toContain('Foreign')
  })
})
