import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, expect, it } from 'vitest'
import { app } from '../../src/app.ts'
import { EXPORTS, ORIGIN, post, tokenFor, USER } from '../helpers/api.ts'
import { addContact, addList } from '../helpers/contacts.ts'
import { emptyStorage } from '../helpers/database.ts'
import { EXTENSIONS, logOf } from '../helpers/files.ts'

beforeEach(async () => {
  await emptyStorage()
  await addList()
  await addContact()
})

/** The database, and how often it has been gone to: a batch is one round trip. */
function countedDatabase() {
  let trips = 0
  const gone = <Result>(answer: Promise<Result>): Promise<Result> => {
    trips += 1
    return answer
  }
  const counted = (statement: D1PreparedStatement): D1PreparedStatement => {
    const bind = statement.bind.bind(statement)
    const all = statement.all.bind(statement)
    const run = statement.run.bind(statement)
    return Object.assign(statement, {
      bind: (...values: unknown[]) => counted(bind(...values)),
      all: () => gone(all()),
      run: () => gone(run()),
    })
  }
  const database: D1Database = {
    prepare: (sql) => counted(env.DB.prepare(sql)),
    batch: (statements) => gone(env.DB.batch(statements)),
    exec: (sql) => gone(env.DB.exec(sql)),
    dump: () => env.DB.dump(),
    withSession: (constraint) => {
      const session = env.DB.withSession(constraint)
      return {
        prepare: (sql) => counted(session.prepare(sql)),
        batch: (statements) => gone(session.batch(statements)),
        getBookmark: () => session.getBookmark(),
      }
    },
  }
  return { database, trips: () => trips }
}

/** How often the database is gone to before the first byte of a file has left. */
async function tripsBeforeFirstByte(id: string, format: string): Promise<number> {
  const { database, trips } = countedDatabase()
  const context = createExecutionContext()
  const url = `${ORIGIN}${EXPORTS}/${id}.${format}?access_token=${await tokenFor(USER)}`
  const { body } = await app.fetch(new Request(url), { ...env, DB: database }, context)
  if (!body) throw new Error('There is no body.')
  const reader = body.getReader()
  await reader.read()
  const before = trips()
  while (!(await reader.read()).done);
  await waitOnExecutionContext(context)
  return before
}

it('a log is made in one round trip to the database', async () => {
  const { database, trips } = countedDatabase()
  expect((await post({}, { bindings: { DB: database } })).status).toBe(201)
  expect(trips()).toBe(1)
})

it.each(EXTENSIONS)(
  'a %s file begins after two round trips, a kept one after one',
  async (format) => {
    const id = await logOf({})
    expect(await tripsBeforeFirstByte(id, format)).toBe(2)
    expect(await tripsBeforeFirstByte(id, format)).toBe(1)
  },
)
