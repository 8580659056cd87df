import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { postDocument } from '../helpers/api.ts'
import { addList } from '../helpers/contacts.ts'
import { emptyStorage } from '../helpers/database.ts'
import { download, logOf } from '../helpers/files.ts'

beforeEach(async () => {
  await emptyStorage()
  await addList()
})

const withAttributes = (attributes: string) =>
  `{"data":{"type":"export_logs","attributes":${attributes}}}`
const withParams = (params: string) => withAttributes(`{"params":${params}}`)
const withFilter = (filter: string) => withParams(`{"filter":${filter}}`)

/** An object as such, and as a text, in which its quotes have a backslash. */
const asText = (json: string) => JSON.stringify(json)

const FILTER = '/data/attributes/params/filter'

async function pointersOf(body: string) {
  const { status, text } = await postDocument(body)
  if (status === 201) return 201
  expect(status).toBe(400)
  const { errors } = JSON.parse(text)
  return errors.map(({ source }: { source?: { pointer?: string } }) => source?.pointer)
}

describe('a repeated member of an object is a 400 that names it', () => {
  const twice = '{"tags":"vip","tags":""}'
  const spelled = '{"tags":"vip","\\u0074ags":""}'

  it.each([
    ['a filter', withFilter(twice), `${FILTER}/tags`],
    ['a filter, in another spelling', withFilter(spelled), `${FILTER}/tags`],
    ['a filter that is a text', withFilter(asText(twice)), `${FILTER}/tags`],
    ['a filter that is a text, in another spelling', withFilter(asText(spelled)), `${FILTER}/tags`],
    [
      'a filter in params that are a text',
      withParams(asText(`{"filter":${twice}}`)),
      `${FILTER}/tags`,
    ],
    [
      'a filter that is a text in params that are a text',
      withParams(asText(`{"filter":${asText(twice)}}`)),
      `${FILTER}/tags`,
    ],
    [
      'the value of a key',
      withFilter('{"donation_amount_range":{"min":5,"min":null}}'),
      `${FILTER}/donation_amount_range/min`,
    ],
    [
      'the value of a key of a filter that is a text',
      withFilter(asText('{"donation_amount_range":{"min":5,"min":null}}')),
      `${FILTER}/donation_amount_range`,
    ],
    [
      'the value of a key that is ignored',
      withFilter('{"colour":[{"a":1,"a":2}]}'),
      `${FILTER}/colour/0/a`,
    ],
    ['params', withParams('{"filter":{"tags":"vip"},"filter":{}}'), FILTER],
    ['params that are a text', withParams(asText('{"filter":"{}","filter":""}')), FILTER],
    ['other params', withParams('{"x/y":{"a~b":1,"a~b":2}}'), '/data/attributes/params/x~1y/a~0b'],
    ['the attributes', withAttributes('{"params":{},"params":{}}'), '/data/attributes/params'],
    [
      'the data',
      '{"data":{"type":"export_logs","attributes":{},"attributes":{}}}',
      '/data/attributes',
    ],
    ['the document', '{"data":{"type":"export_logs"},"data":{"type":"export_logs"}}', '/data'],
    ['what nobody reads', '{"data":{"type":"export_logs"},"meta":{"a":1,"a":1}}', '/meta/a'],
  ])('%s', async (_, body, pointer) => {
    expect(await pointersOf(body)).toEqual([pointer])
    expect(await env.DB.prepare('SELECT count(*) FROM export_logs').first('count(*)')).toBe(0)
  })

  it('but not one that occurs once in each of several objects', async () => {
    expect(await pointersOf(withParams('{"a":{"filter":1},"filter":{"x":{"filter":2}}}'))).toBe(201)
  })

  it('also when another program has written the log', async () => {
    const id = await logOf({})
    const statement = env.DB.prepare('UPDATE export_logs SET params = ?')
    for (const params of [`{"filter":${twice}}`, `{"filter":${asText(spelled)}}`]) {
      await statement.bind(params).run()
      expect((await download(id)).status).toBe(400)
    }
    await statement.bind('{"filter":{"tags":"vip"}}').run()
    expect((await download(id)).status).toBe(200)
  })
})

describe('a number that would be rounded is a 400 that names it', () => {
  it.each([
    ['params', withParams('{"type":12345678901234567890}'), '/data/attributes/params/type'],
    ['params, too large', withParams('{"type":1e400}'), '/data/attributes/params/type'],
    [
      'params that are a text',
      withParams(asText('{"start":[1,0.10000000000000001]}')),
      '/data/attributes/params/start/1',
    ],
    ['a filter', withFilter('{"pledge_amount":9007199254740993}'), `${FILTER}/pledge_amount`],
    [
      'a filter that is a text',
      withFilter(asText('{"pledge_amount":[1,1e-400]}')),
      `${FILTER}/pledge_amount`,
    ],
    ['what nobody reads', '{"data":{"type":"export_logs"},"meta":1e999}', '/meta'],
  ])('%s', async (_, body, pointer) => expect(await pointersOf(body)).toEqual([pointer]))

  it.each(['1.0', '1e2', '-0', '0.1', '1e20', '9007199254740991', '5e-324'])(
    '%s is exact',
    async (number) => expect(await pointersOf(withParams(`{"type":${number}}`))).toBe(201),
  )
})

it('a million brackets are refused, with or without an end', async () => {
  const half = 500_000
  for (const body of ['['.repeat(2 * half), '['.repeat(half) + ']'.repeat(half)]) {
    expect((await postDocument(body)).status).toBe(400)
    expect((await postDocument(withFilter(asText(body.slice(0, 900_000))))).status).toBe(400)
  }
})
