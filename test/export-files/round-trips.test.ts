import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { app } from '../../src/app.ts'
import { EXPORTS, ORIGIN, post, tokenFor, USER } from '../helpers/api.ts'
import { addList, LIST } from '../helpers/contacts.ts'
import { emptyStorage } from '../helpers/database.ts'
import { delayedBindings } from '../helpers/delayed-bindings.ts'
import { EXTENSIONS, logOf } from '../helpers/files.ts'

/** Long enough for calls that are made at once to overlap. */
const DELAY_MILLISECONDS = 10

beforeEach(async () => {
  await emptyStorage()
  await addList()
})

/** Contacts with addresses, so that each has a label. */
const addContacts = (count: number) =>
  env.DB.batch([
    env.DB.prepare(
      `INSERT INTO contacts (id, account_list_id, name)
       WITH RECURSIVE number(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM number WHERE i < ?)
       SELECT printf('00000000-0000-4000-8000-%012d', i), ?, printf('Name %04d', i) FROM number`,
    ).bind(count, LIST),
    env.DB.prepare(
      `INSERT INTO addresses (id, contact_id, street, city)
       SELECT id, id, '1 Main Street', 'Springfield' FROM contacts`,
    ),
  ])

/** How many calls to D1 and R2 a download makes, one after another. */
async function download(id: string, format: string) {
  const bindings = delayedBindings(env, DELAY_MILLISECONDS)
  const context = createExecutionContext()
  const url = `${ORIGIN}${EXPORTS}/${id}.${format}?access_token=${await tokenFor(USER)}`
  const { body } = await app.fetch(new Request(url), { ...env, ...bindings }, context)
  if (!body) throw new Error('There is no body.')
  const atChunks: number[] = []
  for await (const _ of body) atChunks.push(bindings.inSequence())
  const inAll = bindings.inSequence()
  await waitOnExecutionContext(context)
  const [, beforeContacts] = atChunks
  return { beforeContacts, beforeLastByte: atChunks.at(-1), inAll, calls: bindings.calls }
}

it('a log is made in one round trip', async () => {
  const bindings = delayedBindings(env, DELAY_MILLISECONDS)
  expect((await post({}, { bindings })).status).toBe(201)
  expect(bindings.calls).toHaveLength(1)
})

describe.each(EXTENSIONS)('a %s file', (format) => {
  it.each([1, 100, 1000])(
    'of %i contacts takes five round trips, one after another',
    async (count) => {
      await addContacts(count)
      const { beforeContacts, beforeLastByte, inAll } = await download(await logOf({}), format)
      expect(beforeContacts).toBe(2)
      expect(beforeLastByte).toBeLessThanOrEqual(3)
      expect(inAll).toBeLessThanOrEqual(5)
    },
  )

  it('of 1000 contacts takes four when their cards are ready', async () => {
    await addContacts(1000)
    await download(await logOf({}), format)
    const { beforeContacts, inAll } = await download(await logOf({}), format)
    expect([beforeContacts, inAll]).toEqual([2, 4])
  })

  it('that is kept takes one of D1 and one of R2', async () => {
    await addContacts(100)
    const id = await logOf({})
    await download(id, format)
    const { calls } = await download(id, format)
    expect(calls.map(({ name }) => name)).toEqual(['D1 batch', 'R2 get'])
  })
})
