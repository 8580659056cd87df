import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { SignJWT } from 'jose'
import { Marked } from 'marked'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startWorker } from '../browser/local-worker.ts'

const SECRET = 'a secret of this test, which is long enough'
const LIST = 'a0000000-0000-4000-8000-000000000009'

const guide = readFileSync(join(import.meta.dirname, '../../docs/sync.md'), 'utf8')

/** The first block of code of the guide in a language. */
function blockOf(language: string): string {
  const token = new Marked()
    .lexer(guide)
    .find((one) => one.type === 'code' && one['lang'] === language)
  if (token?.type !== 'code') throw new Error(`The guide has no ${language}.`)
  return String(token['text'])
}

const hasPython = (() => {
  try {
    execFileSync('python3', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

let worker: Awaited<ReturnType<typeof startWorker>> | undefined
let folder = ''
let token = ''

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sync-guide-'))
  writeFileSync(join(folder, 'send.mjs'), blockOf('js'))
  writeFileSync(join(folder, 'send.py'), blockOf('python'))
  token = await new SignJWT({ sub: 'a sender', scope: 'sync' })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(SECRET))
  worker = await startWorker([`INSERT INTO account_lists (id) VALUES ('${LIST}')`], {
    JWT_SECRET: SECRET,
  })
}, 90_000)

afterAll(async () => {
  await worker?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const csvOf = (numbers: readonly number[]): string =>
  [
    'id,name,email,street,city,postal_code,country',
    ...numbers.map(
      (n) => `${n},"Doe, ""J"" ${n}",j${n}@example.org,${n} Main St,Orlando,32801,Canada`,
    ),
    '',
  ].join('\r\n')

/** Runs a script of the guide. @returns the attributes of the run that it prints */
async function send(command: readonly string[], numbers: readonly number[], complete: boolean) {
  writeFileSync(join(folder, 'contacts.csv'), csvOf(numbers))
  const [program = '', ...words] = command
  const { stdout } = await promisify(execFile)(program, words, {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      URL: worker?.origin,
      TOKEN: token,
      LIST,
      COMPLETE: String(complete),
    },
  })
  const [status, ...rest] = stdout.split(' ')
  expect(status).toBe('200')
  return JSON.parse(rest.join(' ')).data.attributes
}

describe('the guide to the sync API', () => {
  it.each([
    ['JavaScript', [process.execPath, 'send.mjs'], true],
    ['Python', ['python3', 'send.py'], hasPython],
  ])('has a script in %s that sends, resumes and removes', async (_, command, isThere) => {
    if (!isThere) return
    const numbers = Array.from({ length: 12 }, (__, index) => index)
    const first = await send(command, numbers, false)
    expect(first).toMatchObject({ state: 'done', created: 12, failed: 0 })
    // What the other script has sent is not named, and goes.
    const again = await send(command, numbers, true)
    expect(again).toMatchObject({ unchanged: 12, updated: 0 })
    const fewer = await send(command, numbers.slice(2), true)
    expect(fewer).toMatchObject({ unchanged: 10, removed: 2 })
  })

  it('has lines that are accepted, and unchanged when sent again', async () => {
    const [, lines = ''] = /<<'LINES'\n([\s\S]*?)LINES\n/.exec(guide) ?? []
    const sent = async () => {
      const response = await fetch(`${worker?.origin}/api/v2/sync`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/x-ndjson' },
        body: lines,
      })
      const { data } = Object(await response.json())
      return data.attributes
    }
    expect(await sent()).toMatchObject({ lines: 2, failed: 0, created: 1, updated: 1 })
    expect(await sent()).toMatchObject({ unchanged: 2 })
  })
})
