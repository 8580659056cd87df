import { env } from 'cloudflare:workers'
import { beforeEach, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { call, EXPORTS, USER } from '../helpers/api.ts'
import { emptyStorage } from '../helpers/database.ts'
import { csvRows, logOf } from '../helpers/files.ts'

const LISTS = 10_000

const requestLine = z.object({ event: z.literal('request'), d1_rows_read: z.number() })

/** How many rows a request reads, by the line that it leaves in the log. */
async function rowsReadBy(path: string): Promise<number> {
  const lines = vi.spyOn(console, 'log').mockImplementation(() => undefined)
  lines.mockClear()
  const { status } = await call(path)
  expect(status).toBe(200)
  const read = lines.mock.calls.flatMap(([line]) => {
    const { data } = requestLine.safeParse(JSON.parse(String(line)))
    return data ? [data.d1_rows_read] : []
  })
  expect(read).toHaveLength(1)
  return read[0] ?? 0
}

/** Account lists of the user, with a contact each. */
async function addLists() {
  const id = `printf('a0000000-0000-4000-8000-%012d', value)`
  const numbers = `json_each('[${Array.from({ length: LISTS }, (_, index) => index).join()}]')`
  await env.DB.batch([
    env.DB.prepare(`INSERT INTO account_lists (id) SELECT ${id} FROM ${numbers}`),
    env.DB.prepare(
      'INSERT INTO account_list_users (account_list_id, user_id) SELECT id, ? FROM account_lists',
    ).bind(USER),
    env.DB.prepare(
      `INSERT INTO contacts (id, account_list_id, name)
       SELECT 'c' || id, id, 'Ann' FROM account_lists`,
    ),
  ])
}

beforeEach(async () => {
  await emptyStorage()
  await addLists()
})

it('a kept file of 10,000 account lists is served after one check of each of them', async () => {
  const id = await logOf({})
  expect(csvRows((await call(`${EXPORTS}/${id}.csv`)).text)).toHaveLength(LISTS + 1)
  expect(await rowsReadBy(`${EXPORTS}/${id}.csv`)).toBeLessThan(LISTS * 1.1)
  expect(await rowsReadBy(`${EXPORTS}/${id}`)).toBeLessThan(LISTS * 2.1)
  await call(`${EXPORTS}/${id}.csv?bom=true`)
  expect(await rowsReadBy(EXPORTS)).toBeLessThan(LISTS * 3.1)
})

it('access to one of them that is withdrawn is noticed', async () => {
  const id = await logOf({ account_list_id: 'a0000000-0000-4000-8000-000000009999' })
  const all = await logOf({})
  await call(`${EXPORTS}/${all}.csv`)
  await env.DB.prepare('DELETE FROM account_list_users WHERE account_list_id LIKE ?')
    .bind('%9999')
    .run()
  expect((await call(`${EXPORTS}/${id}.csv`)).status).toBe(404)
  expect(csvRows((await call(`${EXPORTS}/${all}.csv`)).text)).toHaveLength(LISTS)
})
