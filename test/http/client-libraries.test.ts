import { Jsona } from 'jsona'
import { deserialise, error, query, serialise } from 'kitsu-core'
import { beforeEach, describe, expect, it } from 'vitest'
import { call, EXPORTS, ORIGIN, postDocument, USER } from '../helpers/api.ts'
import { addContact, addList, newId } from '../helpers/contacts.ts'
import { emptyStorage } from '../helpers/database.ts'
import { csvRows, download, logOf } from '../helpers/files.ts'

let id = ''

beforeEach(async () => {
  await emptyStorage()
  await addList()
  await addContact({ name: 'Ann' })
  id = await logOf({ status: 'active' })
  await download(id)
})

const documentAt = async (path: string) => JSON.parse((await call(path)).text)

/**
 * As both show it: they put the attributes beside the id, so that the log's own type hides the
 * resource's.
 */
const log = () => ({
  id,
  type: 'Contacts',
  created_at: expect.stringMatching(/Z$/),
  export_at: expect.stringMatching(/Z$/),
  params: { filter: { status: 'active' } },
  updated_at: expect.stringMatching(/Z$/),
  updated_in_db_at: expect.stringMatching(/Z$/),
  links: {
    self: `${ORIGIN}${EXPORTS}/${id}`,
    csv: expect.stringContaining(`${id}.csv?`),
    xlsx: expect.stringContaining(`${id}.xlsx?`),
  },
  meta: { files: { csv: expect.objectContaining({ rows: 1 }) } },
})

const filter = { filter: { status: 'active' } }

describe('jsona', () => {
  const jsona = new Jsona()

  it('reads a log', async () => {
    const user = { id: USER, type: 'users' }
    for (const search of ['', '?include=user']) {
      expect(jsona.deserialize(await documentAt(`${EXPORTS}/${id}${search}`))).toMatchObject({
        ...log(),
        user,
      })
    }
  })

  it('reads the list', async () => {
    expect(jsona.deserialize(await documentAt(`${EXPORTS}?include=user`))).toMatchObject([log()])
  })

  it('writes a body that makes a log', async () => {
    const body = jsona.serialize({ stuff: { type: 'export_logs', params: filter } })
    const { status, text } = await postDocument(body)
    expect(status).toBe(201)
    expect(jsona.deserialize(JSON.parse(text))).toMatchObject({ type: 'Contacts', params: filter })
  })
})

describe('kitsu-core', () => {
  it('reads a log', async () => {
    const user = { data: { id: USER, type: 'users' } }
    for (const search of ['', '?include=user']) {
      expect(deserialise(await documentAt(`${EXPORTS}/${id}${search}`))).toMatchObject({
        data: { ...log(), user },
      })
    }
  })

  it('reads the list, its links and how many there are', async () => {
    expect(deserialise(await documentAt(EXPORTS))).toMatchObject({
      data: [log()],
      links: { next: null, prev: null },
      meta: { total: 1 },
    })
  })

  it('reads errors', async () => {
    const data = await documentAt(`${EXPORTS}/${newId()}`)
    expect(() => error({ response: { data } })).toThrow(
      expect.objectContaining({
        errors: [expect.objectContaining({ status: '404', title: 'Not Found' })],
      }),
    )
  })

  it('writes a body that makes a log', async () => {
    const body = serialise('export_logs', { params: filter }, 'POST')
    const { status, text } = await postDocument(body)
    expect(status).toBe(201)
    expect(deserialise(JSON.parse(text)).data).toMatchObject({ type: 'Contacts', params: filter })
  })

  it('writes a query that a one-shot export reads', async () => {
    const hidden = await addContact({ name: 'Zed', status: 'Never Ask' })
    const parameters = { filter: { ids: [hidden], updated_at: { start: '2000-01-01' } } }
    const { text } = await call(`${EXPORTS}.csv?${query(parameters, undefined, false)}`)
    expect(
      csvRows(text)
        .slice(1)
        .map(([name]) => name),
    ).toEqual(['Zed'])
  })

  it('writes a query that the list reads', async () => {
    const parameters = { page: { size: 1 }, fields: { export_logs: 'params' }, include: 'user' }
    expect(await documentAt(`${EXPORTS}?${query(parameters)}`)).toMatchObject({
      data: [{ id, attributes: { params: filter } }],
    })
  })
})
