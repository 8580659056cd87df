import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { call, EXPORTS, MAILING, type Call } from '../helpers/api.ts'
import { addContact, addList, LIST, OTHER_LIST } from '../helpers/contacts.ts'
import { emptyStorage, insert } from '../helpers/database.ts'
import { csvRows, logOf, sheetRows, workbookOf } from '../helpers/files.ts'

beforeEach(async () => {
  await emptyStorage()
  await addList()
  await addList(OTHER_LIST)
  await addContact({ name: 'Ann' })
  await addContact({ name: 'Bob', account_list_id: OTHER_LIST })
})

const takeAway = (list = OTHER_LIST) =>
  env.DB.prepare('DELETE FROM account_list_users WHERE account_list_id = ?').bind(list).run()

const giveBack = async () => {
  const { results } = await env.DB.prepare('SELECT user_id FROM account_list_users').all<{
    user_id: string
  }>()
  const [{ user_id } = { user_id: '' }] = results
  await insert('account_list_users', { account_list_id: OTHER_LIST, user_id })
}

type Format = 'csv' | 'xlsx'

/** The two ways to a file: its URL, and whether a token goes with it. */
const ways = {
  'a token': async (path: string, id: string, format: Format): Promise<[string, Call]> => [
    `${path}/${id}.${format}`,
    {},
  ],
  'a signed link': async (path: string, id: string, format: Format): Promise<[string, Call]> => {
    const { links } = JSON.parse((await call(`${path}/${id}`)).text).data
    const { pathname, search } = new URL(links[format])
    return [`${pathname}${search}`, { user: null }]
  },
}

async function namesIn(bytes: Uint8Array<ArrayBuffer>, format: Format) {
  const rows =
    format === 'csv'
      ? csvRows(new TextDecoder().decode(bytes))
      : (await workbookOf(bytes)).worksheets.flatMap((sheet) => sheetRows(sheet, 1))
  return rows.slice(1).map(([name]) => name)
}

describe.each(['a token', 'a signed link'] as const)('by %s', (way) => {
  describe.each([
    ['csv', EXPORTS],
    ['xlsx', EXPORTS],
    ['csv', MAILING],
    ['xlsx', MAILING],
  ] as const)('a %s at %s', (format, path) => {
    it('holds what the caller may read when it is first asked for', async () => {
      const id = await logOf({})
      const request = await ways[way](path, id, format)
      await takeAway()
      expect(await namesIn((await call(...request)).bytes, format)).toEqual(['Ann'])
    })

    it('that is kept is made anew and kept in its place when access was taken away', async () => {
      const id = await logOf({})
      const request = await ways[way](path, id, format)
      const before = await call(...request)
      expect(await namesIn(before.bytes, format)).toEqual(['Ann', 'Bob'])
      const tag = (await call(...request)).headers.get('ETag') ?? ''
      await takeAway()
      const [url, init] = request
      const head = await call(url, { ...init, method: 'HEAD' })
      expect([head.status, head.headers.get('ETag')]).toEqual([200, null])
      const headers = { 'If-None-Match': tag, Range: 'bytes=0-9' }
      const anew = await call(url, { ...init, headers })
      expect(anew.status).toBe(200)
      expect(await namesIn(anew.bytes, format)).toEqual(['Ann'])
      const kept = await call(...request)
      expect(kept.headers.get('ETag')).not.toBeNull()
      expect(kept.bytes).toEqual(anew.bytes)
      await giveBack()
      expect((await call(...request)).bytes).toEqual(anew.bytes)
    })

    it('of a log that names the account list is a 404, kept or not', async () => {
      const kept = await ways[way](path, await logOf({ account_list_id: OTHER_LIST }), format)
      const both = await logOf({ account_list_id: `${LIST},${OTHER_LIST}` })
      const fresh = await ways[way](path, both, format)
      expect((await call(...kept)).status).toBe(200)
      await takeAway()
      for (const [url, init] of [kept, fresh]) {
        for (const method of ['GET', 'HEAD']) {
          const { status, text } = await call(url, { ...init, method })
          expect(status).toBe(404)
          expect(text).not.toContain('Bob')
        }
        expect(JSON.parse((await call(url, init)).text).errors[0].detail).toBe(
          `Resource 'AccountList' with id '${OTHER_LIST}' does not exist.`,
        )
      }
    })
  })
})

const filesOf = async (id: string) =>
  JSON.parse((await call(`${EXPORTS}/${id}`)).text).data.meta.files

describe('a log of whose file the caller may read a part no more', () => {
  it('tells of that file no more, and of the new one', async () => {
    const id = await logOf({})
    const own = await logOf({ account_list_id: LIST })
    for (const log of [id, own]) await call(`${EXPORTS}/${log}.csv`)
    expect(await filesOf(id)).toMatchObject({ csv: { rows: 2 } })
    await takeAway()
    expect([await filesOf(id), Object.keys(await filesOf(own))]).toEqual([{}, ['csv']])
    await call(`${EXPORTS}/${id}.csv`)
    expect(await filesOf(id)).toMatchObject({ csv: { rows: 1 } })
  })

  it('still tells of a file in which no contact of that account list is', async () => {
    await env.DB.prepare(`UPDATE contacts SET status = 'Never Ask' WHERE name = 'Bob'`).run()
    const id = await logOf({})
    await call(`${EXPORTS}/${id}.csv`)
    await takeAway()
    expect(Object.keys(await filesOf(id))).toEqual(['csv'])
    expect((await call(`${EXPORTS}/${id}.csv`)).headers.get('ETag')).not.toBeNull()
  })

  it('gives a file of headings when nothing is left', async () => {
    const id = await logOf({})
    await call(`${EXPORTS}/${id}.csv`)
    await takeAway()
    await takeAway(LIST)
    const { status, bytes } = await call(`${EXPORTS}/${id}.csv`)
    expect([status, await namesIn(bytes, 'csv')]).toEqual([200, []])
  })
})
