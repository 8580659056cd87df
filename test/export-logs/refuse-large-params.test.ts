import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { call, EXPORTS, post, USER } from '../helpers/api.ts'
import { addContact, addList, newId } from '../helpers/contacts.ts'
import { emptyStorage, insert } from '../helpers/database.ts'

beforeEach(async () => {
  await emptyStorage()
  await addList()
  await addContact({ name: 'Ann' })
})

const logs = async () => env.DB.prepare('SELECT count(*) AS logs FROM export_logs').first('logs')

/** A text with which `{"x":…}` has so many bytes. */
const pad = (bytes: number, character = 'x') =>
  character.repeat((bytes - '{"x":""}'.length) / new TextEncoder().encode(character).length)

describe('params beside the filter', () => {
  it.each([
    ['of 4,096 bytes', { x: pad(4096) }],
    ['of 4,096 bytes, some of several', { x: pad(4096, 'é') }],
    ['beside a filter of any size', { x: pad(4096), filter: { timezone: 'x'.repeat(500_000) } }],
    ['beside a filter that is a text', { x: pad(4096), filter: `{"timezone":"${pad(9000)}"}` }],
  ])('%s are kept', async (_, params) => {
    for (const sent of [params, JSON.stringify(params)]) {
      const { status, text } = await post(sent)
      expect(status).toBe(201)
      expect(JSON.parse(text).data.attributes.params).toEqual(params)
    }
  })

  it.each([
    ['of 4,097 bytes', { x: `${pad(4096)}x` }],
    ['of 4,098 bytes in fewer letters', { x: `${pad(4096, 'é')}é` }],
    ['that are large together', { x: pad(2050), y: pad(2050), filter: {} }],
    ['that are large in their names', { ['x'.repeat(5000)]: 1 }],
    ['that are large deep inside', { y: [[{ x: pad(5000) }]] }],
    ['named __proto__', JSON.parse(`{"__proto__":"${pad(5000)}"}`)],
  ])('%s are refused', async (_, params) => {
    for (const sent of [params, JSON.stringify(params)]) {
      const { status, text } = await post(sent)
      expect(status).toBe(400)
      expect(JSON.parse(text).errors).toMatchObject([
        {
          detail: expect.stringContaining('must not be larger than 4096 bytes'),
          source: { pointer: '/data/attributes/params' },
        },
      ])
    }
    expect(await logs()).toBe(0)
  })

  it('of a log that another program wrote do not prevent its file', async () => {
    const id = newId()
    const params = JSON.stringify({ x: pad(9000) })
    await insert('export_logs', { id, user_id: USER, type: 'Contacts', params })
    expect((await call(`${EXPORTS}/${id}.csv`)).status).toBe(200)
  })
})
