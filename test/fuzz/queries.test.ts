import * as fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { EXPORTS } from '../helpers/api.ts'
import { logOf } from '../helpers/files.ts'
import { insertWorld } from '../naive/insert-world.ts'
import { anyFilter, world, worldUser } from './filters.ts'
import { anyText, parameters, PATIENCE_MILLISECONDS, queryOf, sanely } from './fuzz.ts'

const user = worldUser
let id = ''

beforeAll(async () => {
  await insertWorld(world)
  for (let count = 0; count < 3; count += 1) id = await logOf({}, { user })
})

const fields = fc.constantFrom('type', 'type,params', 'user', 'id', 'created_at,nothing', ',')
const cursor = fc
  .oneof(anyText, fc.constant(JSON.stringify(['2022-01-12T17:18:07Z', 'x'])))
  .map((text) => btoa(encodeURIComponent(text.toWellFormed())))

it(
  'any query of a document gives it, or a word on what is wrong',
  async () => {
    const path = fc.constantFrom('', '/', `/ID`, '/mailing/ID')
    const names = [
      'fields[export_logs]',
      'fields[users]',
      'include',
      'page[size]',
      'page[after]',
      'page[before]',
      'filter[type]',
      'sort',
      'bom',
    ]
    const size = fc.integer({ min: -1, max: 101 }).map(String)
    const types = fc.constantFrom('Contacts', 'Contacts Mailing,x')
    const query = queryOf(
      names,
      fc.oneof(fields, size, cursor, types, fc.constant('user'), anyText),
    )
    await fc.assert(
      fc.asyncProperty(path, query, async (at, text) => {
        const { status } = await sanely(`${EXPORTS}${at.replace('ID', id)}?${text}`, { user })
        expect([200, 400, 404]).toContain(status)
      }),
      parameters,
    )
  },
  PATIENCE_MILLISECONDS,
)

const bom = fc.constantFrom('true', 'false', '', 'TRUE')

const encoded = (part: unknown) =>
  encodeURIComponent((typeof part === 'string' ? part : JSON.stringify(part)).toWellFormed())

/** A filter in one of its forms: as JSON, or by its keys. */
const filterQuery = fc.tuple(anyFilter, fc.boolean()).map(([filter, isWhole]) => {
  if (isWhole || typeof filter !== 'object' || filter === null) {
    return `filter=${encodeURIComponent(JSON.stringify(filter))}`
  }
  return Object.entries(filter)
    .flatMap(([key, value]: [string, unknown]) =>
      Array.isArray(value)
        ? value.map((item) => [`filter[${key}][]`, item])
        : [[`filter[${key}]`, value]],
    )
    .map((pair) => pair.map(encoded).join('='))
    .join('&')
})

it(
  'any query of a file gives one, or a word on what is wrong',
  async () => {
    const path = fc.constantFrom('.csv', '.xlsx', '/mailing.csv', '/ID.csv', '/mailing/ID.xlsx')
    const names = [
      'filter',
      'filter[status]',
      'filter[ids][]',
      'filter[a][b][c]',
      'filter[]',
      'bom',
    ]
    const others = queryOf(names, fc.oneof(bom, anyText))
    await fc.assert(
      fc.asyncProperty(path, filterQuery, others, async (at, filter, text) => {
        const { status } = await sanely(`${EXPORTS}${at.replace('ID', id)}?${filter}&${text}`, {
          user,
        })
        expect([200, 400, 404]).toContain(status)
      }),
      parameters,
    )
  },
  PATIENCE_MILLISECONDS,
)

/** What may come before or behind the name of a parameter on its way. */
const dirt = fc.oneof(
  fc.constantFrom('amp;', 'amp;amp;', '_', ' ', '+', '"', '“', '\ufeff', '\u200b', '?', '&', '%'),
  anyText.filter((text) => text !== ''),
)

it(
  'a filter whose name was changed on its way selects nobody',
  async () => {
    const path = fc.constantFrom('.csv', '.xlsx', '/mailing.csv', '/preview')
    const name = fc.constantFrom('filter', 'filter[status]', 'filter[tags]', 'filter[ids][]')
    await fc.assert(
      fc.asyncProperty(path, name, dirt, fc.boolean(), async (at, sent, more, isBefore) => {
        const changed = (isBefore ? more + sent : sent + more).toWellFormed()
        if (/^(utm_|filter\[\w+\]\[\]$)/.test(changed)) return
        const query = `filter[status]=active&${encodeURIComponent(changed)}=x`
        const { status } = await sanely(`${EXPORTS}${at}?${query}`, { user })
        expect([changed, status]).toEqual([changed, 400])
      }),
      parameters,
    )
  },
  PATIENCE_MILLISECONDS,
)
