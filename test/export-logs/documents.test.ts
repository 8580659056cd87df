import { beforeEach, describe, expect, it } from 'vitest'
import { call, EXPORTS, MAILING, postDocument, USER } from '../helpers/api.ts'
import { addContact, addList } from '../helpers/contacts.ts'
import { emptyStorage } from '../helpers/database.ts'
import { download, logOf } from '../helpers/files.ts'

let id = ''

beforeEach(async () => {
  await emptyStorage()
  await addList()
  await addContact({ name: 'Ann' })
  id = await logOf({})
  await download(id)
})

/** Every way to a document with logs, and the logs in it. */
const documents: readonly [string, (query: string) => Promise<{ status: number; text: string }>][] =
  [
    ['a log', (query) => call(`${EXPORTS}/${id}?${query}`)],
    ['a log at the mailing path', (query) => call(`${MAILING}/${id}?${query}`)],
    ['the list', (query) => call(`${EXPORTS}?${query}`)],
    [
      'the answer to a POST',
      (query) => postDocument({ data: { type: 'export_logs' } }, { path: `${EXPORTS}?${query}` }),
    ],
  ]

const ATTRIBUTES = ['created_at', 'export_at', 'params', 'type', 'updated_at', 'updated_in_db_at']

describe.each(documents)('%s', (_, get) => {
  const logIn = async (query: string) => {
    const { text } = await get(query)
    const { data, included } = JSON.parse(text)
    return { log: Array.isArray(data) ? data[0] : data, included }
  }

  it.each<[string, string[], boolean]>([
    ['params', ['params'], false],
    ['type,created_at', ['created_at', 'type'], false],
    ['user', [], true],
    [' type , user ', ['type'], true],
    ['', [], false],
    ['type,type', ['type'], false],
    [[...ATTRIBUTES, 'user'].join(','), ATTRIBUTES, true],
  ])('with the fields %j has those alone', async (fields, attributes, hasUser) => {
    const { log } = await logIn(`fields[export_logs]=${encodeURIComponent(fields)}`)
    expect(Object.keys(log.attributes)).toEqual(attributes)
    expect('relationships' in log).toBe(hasUser)
    expect(log).toMatchObject({ type: 'export_logs', links: { self: expect.any(String) } })
  })

  it('includes its user, with an id only', async () => {
    const { log, included } = await logIn('include=user')
    expect(included).toEqual([{ id: USER, type: 'users' }])
    expect(log.relationships.user.data).toEqual(included[0])
    expect((await logIn('include=')).included).toBeUndefined()
  })

  it.each([
    ['fields[export_logs]=name', 'fields[export_logs]'],
    ['fields[export_logs]=Type', 'fields[export_logs]'],
    ['fields[users]=name', 'fields[users]'],
    ['fields=type', 'fields'],
    ['include=user.accounts', 'include'],
    ['include=users', 'include'],
    ['include=user&include=user', 'include'],
    ['bom=true', 'bom'],
    ['sort=type', 'sort'],
  ])('refuses %s', async (query, parameter) => {
    const { status, text } = await get(query)
    expect(status).toBe(400)
    expect(JSON.parse(text).errors[0].source).toEqual({ parameter })
  })

  it('ignores parameters that are not of JSON:API', async () => {
    expect((await get('_=1&utm_source=x&camelCase=y')).status).toBeLessThan(300)
  })
})
