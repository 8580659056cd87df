import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { call, EXPORTS, MAILING, OTHER_USER } from '../helpers/api.ts'
import { addContact, addList } from '../helpers/contacts.ts'
import { emptyStorage, insert } from '../helpers/database.ts'
import { csvRows, logOf } from '../helpers/files.ts'

beforeEach(async () => {
  await emptyStorage()
  await addList()
  const contact_id = await addContact({ name: 'Vip' })
  await insert('contact_tags', { contact_id, name: 'vip' })
  await addContact({ name: 'Other' })
})

const parametersOf = (text: string): unknown[] =>
  JSON.parse(text).errors.map(
    ({ source }: { source?: { parameter?: string } }) => source?.parameter,
  )
const detailOf = (text: string): string => JSON.parse(text).errors[0].detail

const logCount = () => env.DB.prepare('SELECT count(*) FROM export_logs').first('count(*)')

const SELECTING = [`${EXPORTS}.csv`, `${MAILING}.xlsx`, `${EXPORTS}/preview`]

/**
 * A filter that was changed on its way, the parameter that shows it, and the one that was meant, if
 * that can be told.
 */
const MANGLED: readonly (readonly [query: string, parameter: string, meant?: string])[] = [
  ['_=1&amp;filter[tags]=vip', 'amp;filter[tags]', 'filter[tags]'],
  ['utm_source=x&amp%3Bfilter[tags]=vip', 'amp;filter[tags]', 'filter[tags]'],
  ['&amp;amp;filter[tags]=vip', 'amp;amp;filter[tags]', 'filter[tags]'],
  ['&%26filter[tags]=vip', '&filter[tags]', 'filter[tags]'],
  ['amp;city=Paris', 'amp;city', 'filter[city]'],
  ['%20filter[tags]=vip', ' filter[tags]', 'filter[tags]'],
  ['+filter[tags]=vip', ' filter[tags]', 'filter[tags]'],
  ['%09filter[tags]=vip', '\tfilter[tags]', 'filter[tags]'],
  ['%0D%0Afilter[tags]=vip', '\r\nfilter[tags]', 'filter[tags]'],
  ['%C2%A0filter[tags]=vip', '\u00a0filter[tags]', 'filter[tags]'],
  ['%EF%BB%BFfilter[tags]=vip', '\ufefffilter[tags]', 'filter[tags]'],
  ['%E2%80%8Bfilter[tags]=vip', '\u200bfilter[tags]', 'filter[tags]'],
  ['%22filter[tags]%22=vip', '"filter[tags]"', 'filter[tags]'],
  ["'filter[tags]=vip'", "'filter[tags]", 'filter[tags]'],
  ['%E2%80%9Cfilter[tags]=vip', '“filter[tags]', 'filter[tags]'],
  ['_filter[tags]=vip', '_filter[tags]', 'filter[tags]'],
  ['__filter[tags]=vip', '__filter[tags]', 'filter[tags]'],
  ['?filter[tags]=vip', '?filter[tags]', 'filter[tags]'],
  ['%3Ffilter[tags]=vip', '?filter[tags]', 'filter[tags]'],
  ['filter%255Btags%255D=vip', 'filter%5Btags%5D'],
  ['%66ilters[tags]=vip', 'filters[tags]', 'filter[tags]'],
  ['FILTER[tags]=vip', 'FILTER[tags]', 'filter[tags]'],
  ['filter.tags=vip', 'filter.tags', 'filter[tags]'],
  ['filter_tags=vip', 'filter_tags'],
  ['filter(tags)=vip', 'filter(tags)'],
  ['filter{tags}=vip', 'filter{tags}'],
  ['filter %5Btags]=vip', 'filter [tags]'],
  ['filter\u200b[tags]=vip', 'filter\u200b[tags]'],
  ['params[filter][tags]=vip', 'params[filter][tags]'],
  ['data[attributes][params][filter][tags]=vip', 'data[attributes][params][filter][tags]'],
  ['tags=vip', 'tags', 'filter[tags]'],
  ['Tags=vip', 'Tags', 'filter[Tags]'],
  ['tags[]=vip', 'tags[]', 'filter[tags]'],
  ['reverse_tags=true', 'reverse_tags', 'filter[reverse_tags]'],
  ['=vip', ''],
  ['=', ''],
  ['{"tags":"vip"}', '{"tags":"vip"}'],
  ['q=vip', 'q'],
  ['fields[contacts]=name', 'fields[contacts]'],
  ['page[size]=1', 'page[size]'],
  ['column=name', 'column'],
  ['sorts=name', 'sorts'],
  ['BOM=true', 'BOM'],
  ['UTM_source=x', 'UTM_source'],
  ['utm=x', 'utm'],
  ['__=1', '__'],
  ['_t=1', '_t'],
  ['Access_token=x', 'Access_token'],
  ['expires=1', 'expires'],
  ['user=x', 'user'],
  ['signature=x', 'signature'],
]

describe.each(SELECTING)('%s', (path) => {
  it.each(MANGLED)('refuses ?%s', async (query, parameter, meant) => {
    const hint = meant === undefined ? 'looks like filter[status]' : `Did you mean '${meant}'?`
    for (const search of [query, `filter[status]=active&${query}`, `${query}&filter[tags]=vip`]) {
      const { status, text } = await call(`${path}?${search}`)
      expect([search, status]).toEqual([search, 400])
      expect(parametersOf(text)).toEqual([parameter])
      expect(detailOf(text)).toContain(hint)
    }
    expect((await call(`${path}?${query}`, { method: 'HEAD' })).status).toBe(400)
    expect(await logCount()).toBe(0)
  })

  it.each([
    ['filter[something]=x', ['filter[something]']],
    ['filter[tag]=vip&filter[__proto__][x]=1', ['filter[tag]', 'filter[__proto__]']],
    ['filter[constructor]=x&filter[newsletter]=y', ['filter[constructor]', 'filter[newsletter]']],
    ['filter[ tags]=vip', ['filter[ tags]']],
    ['filter[reverse_account_list_id]=x', ['filter[reverse_account_list_id]']],
    ['filter={"tag":"vip"}', ['filter']],
    ['filter={"tags":"vip","tags":""}', ['filter']],
    ['filter={"tags":"vip","\\u0074ags":""}', ['filter']],
    ['filter={"donation_date":{"start":"2022-01-01","start":null}}', ['filter']],
    ['filter={"pledge_amount":12345678901234567890}', ['filter']],
    ['filter={"pledge_amount":[1e400]}', ['filter']],
  ])('refuses ?%s', async (query, parameters) => {
    const { status, text } = await call(`${path}?${query}`)
    expect(status).toBe(400)
    expect(parametersOf(text)).toEqual(parameters)
    expect(await logCount()).toBe(0)
  })

  it('leaves other members, whatever they hold', async () => {
    const query = 'utm_source=%26filter[tags]&utm_=&_=1&_=2&access_token=x&filter[tags]=vip&&'
    expect((await call(`${path}?${query}`)).status).toBe(200)
  })
})

it('a signed link to nothing is no parameter of an export in one request', async () => {
  const { text } = await call(`${EXPORTS}.csv?expires=1&user=${OTHER_USER}&signature=x`)
  expect(parametersOf(text)).toEqual(['expires', 'user', 'signature'])
})

/** Escapes that are broken, or not UTF-8. */
const BROKEN = [
  '%FC',
  'M%FCll',
  '%C3',
  '%C3x',
  '%C3%',
  '%E2%82',
  '%F0%9F%98',
  '%80',
  '%C0%AF',
  '%E0%80%AF',
  '%F0%80%80%AF',
  '%ED%A0%80',
  '%ED%A0%BD%ED%B8%80',
  '%F4%90%80%80',
  '%FF',
  '%',
  '100%',
  '%z',
  '%zz',
  '%4',
  '%u00FC',
  '%C3%BC%FC',
]

const postTo = (path: string) => ({
  path,
  init: { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } },
})

describe('an escape that is broken, or not UTF-8', () => {
  it.each(BROKEN)('%s, is a 400 in names and values, and makes no log', async (escape) => {
    for (const path of SELECTING) {
      for (const [query, parameter] of [
        [`filter[exclude_tags]=${escape}`, 'filter[exclude_tags]'],
        [`filter%5Bexclude_tags%5D[]=a&filter[exclude_tags][]=${escape}`, 'filter[exclude_tags][]'],
        [`filter=${escape}`, 'filter'],
        [`utm_source=${escape}`, 'utm_source'],
        [`_=${escape}`, '_'],
        [`filter[${escape}]=x`, `filter[${escape}]`],
        [`utm_${escape}`, `utm_${escape}`],
      ]) {
        const { status, text } = await call(`${path}?${query}`)
        expect([query, status]).toEqual([query, 400])
        expect(parametersOf(text)).toEqual([parameter])
        expect(detailOf(text)).toMatch(/%C3%BC/)
      }
    }
    expect(await logCount()).toBe(0)
  })

  it('is a 400 of every route that is there, and of none that is not', async () => {
    const id = await logOf({})
    for (const { path, init } of [
      { path: EXPORTS, init: {} },
      postTo(EXPORTS),
      postTo(MAILING),
      { path: `${EXPORTS}/${id}`, init: {} },
      { path: `${EXPORTS}/${id}`, init: { method: 'HEAD' } },
      { path: `${EXPORTS}/${id}`, init: { method: 'DELETE' } },
      { path: `${MAILING}/${id}`, init: {} },
      { path: `${EXPORTS}/${id}.csv`, init: {} },
      { path: `${MAILING}/${id}.xlsx`, init: {} },
      { path: '/health', init: {} },
    ]) {
      for (const query of ['x=M%FCll', 'M%FCll', 'filter[type]=%', 'bom=true&x=%zz']) {
        const { status } = await call(`${path}?${query}`, init)
        expect([path, init, query, status]).toEqual([path, init, query, 400])
      }
    }
    expect((await call('/nothing?x=%FC')).status).toBe(404)
    expect((await call(`${EXPORTS}.csv?x=%FC`, { method: 'POST' })).status).toBe(405)
    expect((await call(`${EXPORTS}.csv?x=%FC`, { user: null })).status).toBe(401)
    expect((await call(`${EXPORTS}.csv?access_token=%FC`, { user: null })).status).toBe(401)
    expect((await call(`${EXPORTS}/${id}`)).status).toBe(200)
  })

  it.each(['M%C3%BCll', 'Müll', '%F0%9F%98%80', '%EF%BF%BD', '100%25', '%00', 'a+b', '%2B'])(
    '%s is none',
    async (value) => {
      const { status, text } = await call(
        `${EXPORTS}.csv?filter[exclude_tags]=${value}&utm_${value}`,
      )
      expect(status).toBe(200)
      expect(csvRows(text)).toHaveLength(3)
    },
  )
})
