import * as fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { EXPORTS } from '../helpers/api.ts'
import { insertWorld } from '../naive/insert-world.ts'
import { anyFilter, world, worldUser } from './filters.ts'
import {
  anyText,
  anyValue,
  headerValue,
  parameters,
  PATIENCE_MILLISECONDS,
  sanely,
} from './fuzz.ts'

beforeAll(async () => {
  await insertWorld(world)
})

const user = worldUser
const type = 'application/vnd.api+json'

const send = (path: string, body: BodyInit, contentType = type) =>
  sanely(path, { method: 'POST', user, body, headers: { 'Content-Type': contentType } })

const path = fc.constantFrom(EXPORTS, `${EXPORTS}/mailing`)
const formats = fc.constantFrom('.csv', '.xlsx', '.csv?bom=true')

it(
  'any filter gives a log whose files can be had, or a word on what is wrong',
  async () => {
    await fc.assert(
      fc.asyncProperty(anyFilter, path, formats, async (filter, at, format) => {
        const attributes = { params: { filter } }
        const { status, text } = await send(
          at,
          JSON.stringify({ data: { type: 'export_logs', attributes } }),
        )
        expect([201, 400, 404]).toContain(status)
        if (status !== 201) return
        const { id } = JSON.parse(text).data
        expect((await sanely(`${EXPORTS}/${id}`, { user })).status).toBe(200)
        expect((await sanely(`${EXPORTS}/${id}${format}`, { user })).status).toBe(200)
      }),
      parameters,
    )
  },
  PATIENCE_MILLISECONDS,
)

const time = fc.oneof(
  anyText,
  fc.date().map((date) => String(date.getTime() > 0 ? date.toISOString() : date)),
  fc.constantFrom('2022-01-12T17:18:07Z', '2022-01-12T17:18:07,5+02', '-000001-01-01T00:00:00Z'),
)

/** A document that is right here and there. */
const member = <Value>(value: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 4, arbitrary: value }, anyValue)

const document = fc.record(
  {
    data: member(
      fc.record(
        {
          type: member(fc.constant('export_logs')),
          id: member(fc.uuid()),
          attributes: member(
            fc.record(
              {
                params: member(
                  fc.record({ filter: member(anyFilter), sort: anyValue }, { requiredKeys: [] }),
                ),
                created_at: member(time),
                updated_at: member(time),
                updated_in_db_at: member(time),
              },
              { requiredKeys: [] },
            ),
          ),
          relationships: member(
            fc.record({
              user: member(
                fc.record({
                  data: member(fc.record({ type: fc.constant('users'), id: fc.constant(user) })),
                }),
              ),
            }),
          ),
          meta: anyValue,
        },
        { requiredKeys: ['type'] },
      ),
    ),
    meta: anyValue,
    jsonapi: anyValue,
  },
  { requiredKeys: ['data'] },
)

/** Documents, broken texts of documents, and bytes of any kind. */
const body: fc.Arbitrary<string | Uint8Array<ArrayBuffer>> = fc.oneof(
  { weight: 6, arbitrary: document.map((value) => JSON.stringify(value)) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(document, fc.nat(200), anyText)
      .map(([value, at, text]) => JSON.stringify(value).slice(0, at) + text),
  },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 50 }).map((bytes) => Uint8Array.from(bytes)) },
)

const contentType = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(type, 'application/json') },
  headerValue(type, 'application/json', 'charset=utf-8', 'profile="x"', 'text/plain'),
)

it(
  'any body gives a log, or a word on what is wrong',
  async () => {
    await fc.assert(
      fc.asyncProperty(path, body, contentType, async (at, bytes, type_) => {
        const { status, headers } = await send(at, bytes, type_)
        if (status !== 201) return
        const location = new URL(headers.get('Location') ?? '').pathname
        expect((await sanely(location, { user })).status).toBe(200)
      }),
      parameters,
    )
  },
  PATIENCE_MILLISECONDS,
)

/** A member as it stands in JSON; the name may be written with escapes. */
const escaped = (name: string): string =>
  JSON.stringify(name).replace(/^"([^\\"])/s, (_, first: string) => {
    const unit = first.charCodeAt(0).toString(16).padStart(4, '0')
    return `"\\u${unit}`
  })

it(
  'a document in which a member stands twice, anywhere in it, is a 400',
  async () => {
    const place = fc.nat({ max: 100 })
    await fc.assert(
      fc.asyncProperty(path, document, place, fc.boolean(), async (at, value, where, isEscaped) => {
        const json = JSON.stringify(value)
        const members = [...json.matchAll(/(?<=[{,])"((?:[^"\\]|\\.)*)":(?=["\d[{tfn-])/g)]
        const chosen = members[where % Math.max(members.length, 1)]
        if (!chosen) return
        const name = String(JSON.parse(`"${chosen[1] ?? ''}"`))
        const again = `${isEscaped ? escaped(name) : JSON.stringify(name)}:null,`
        const twice = json.slice(0, chosen.index) + again + json.slice(chosen.index)
        expect((await send(at, twice)).status).toBe(400)
      }),
      parameters,
    )
  },
  PATIENCE_MILLISECONDS,
)
