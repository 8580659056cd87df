import assert from 'node:assert/strict'
import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { SignJWT } from 'jose'
import {
  applyMigrations,
  freePort,
  kill,
  openState,
  startServer,
  type LocalRun,
} from './killable-server.ts'

/**
 * Kills `wrangler dev` ten times while lines are being sent, each time at a random moment. Afterwards
 * only whole lines are there, as many as the run says. Sent again, all of them are. It takes some
 * minutes.
 */

const KILLS = 10
const CONTACTS = 5000
const CHUNK_LINES = 100
const CHUNK_MILLISECONDS = 15

const LIST = randomUUID()
const ids = Array.from({ length: CONTACTS }, () => randomUUID())

const run: LocalRun = {
  state: mkdtempSync(join(tmpdir(), 'kill-sync-')),
  port: await freePort(),
  secret: randomBytes(32).toString('hex'),
}
const token = await new SignJWT({ sub: 'a sender', scope: 'sync' })
  .setProtectedHeader({ alg: 'HS256' })
  .setExpirationTime('1h')
  .sign(new TextEncoder().encode(run.secret))

let server: Awaited<ReturnType<typeof startServer>> | undefined
try {
  applyMigrations(run.state)
  for (let version = 1; version <= KILLS; version += 1) {
    server = await startServer(run)
    const id = randomUUID()
    const sending = send(id, version).catch(() => undefined)
    await setTimeout(randomInt(100, 2200))
    kill(server)
    await sending
    const { lines, whole } = await inspect(id, version)
    console.log(`Kill ${version}: ${lines} lines were done, and ${whole} contacts are whole.`)
  }
  server = await startServer(run)
  const last = await send(randomUUID(), KILLS)
  assert.equal(last.failed, 0)
  assert.equal(last.unchanged + last.updated + last.created, CONTACTS + 1)
  const again = await send(randomUUID(), KILLS)
  assert.equal(again.unchanged, CONTACTS + 1, 'sent again, nothing changes')
  kill(server)
  const { whole } = await inspect(undefined, KILLS)
  assert.equal(whole, CONTACTS, 'all contacts are there')
  console.log(`Killed ${KILLS} times and sent again: all ${CONTACTS} contacts are right.`)
} finally {
  if (server) kill(server)
  rmSync(run.state, { recursive: true, force: true, maxRetries: 5 })
}

/** A contact whose every row names its version. */
function contactLine(id: string, version: number): string {
  const own = (letter: string) => `${letter}${id.slice(1)}`
  const people = ['1', '2'].map((letter) => ({
    id: own(letter),
    first_name: `${version}`,
    email_addresses: [{ id: own(letter), email: `${version}` }],
    phone_numbers: [{ id: own(letter), number: `${version}` }],
  }))
  const addresses = [{ id, street: `${version}` }]
  const attributes = { account_list_id: LIST, name: `${version}`, tags: [`${version}`] }
  return JSON.stringify({ type: 'contacts', id, attributes: { ...attributes, people, addresses } })
}

/** Sends all contacts slowly. @returns the counts of the run */
async function send(id: string, version: number) {
  const list = { type: 'account_lists', id: LIST, attributes: { name: 'A list' } }
  const lines = [JSON.stringify(list), ...ids.map((one) => contactLine(one, version))]
  let next = 0
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const some = lines.slice(next, next + CHUNK_LINES)
      if (some.length === 0) {
        controller.close()
        return
      }
      controller.enqueue(new TextEncoder().encode(some.map((line) => `${line}\n`).join('')))
      next += CHUNK_LINES
      await setTimeout(CHUNK_MILLISECONDS)
    },
  })
  // Node.js sends a stream only with `duplex`, which the types of Workers do not have.
  const request = {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/x-ndjson' },
    body,
    duplex: 'half',
  }
  const response = await fetch(`http://127.0.0.1:${run.port}/api/v2/sync?run=${id}`, request)
  assert.equal(response.status, 200)
  const { data } = Object(await response.json())
  return data.attributes
}

/** Every contact is of one version, and as many are of this one as the run has done. */
async function inspect(id: string | undefined, version: number) {
  const { env, dispose } = await openState(run.state)
  try {
    const partial = await env.DB.prepare(
      `SELECT count(*) FROM contacts WHERE
        (SELECT group_concat(name) FROM contact_tags WHERE contact_id = contacts.id) IS NOT name
        OR (SELECT group_concat(street) FROM addresses WHERE contact_id = contacts.id) IS NOT name
        OR (SELECT group_concat(first_name || email || number) FROM contact_people
          JOIN people ON people.id = contact_people.person_id
          JOIN email_addresses ON email_addresses.person_id = people.id
          JOIN phone_numbers ON phone_numbers.person_id = people.id
          WHERE contact_id = contacts.id)
          IS NOT name || name || name || ',' || name || name || name`,
    ).first<number>('count(*)')
    assert.equal(partial, 0, 'only whole lines are there')
    const whole =
      (await env.DB.prepare('SELECT count(*) FROM contacts WHERE name = ?')
        .bind(String(version))
        .first<number>('count(*)')) ?? 0
    const done = await env.DB.prepare('SELECT lines_done FROM sync_runs WHERE id = ?')
      .bind(id ?? '')
      .first<number>('lines_done')
    if (id !== undefined) assert.equal(whole, Math.max(0, (done ?? 0) - 1))
    // A minute later the run that was killed has died.
    await env.DB.prepare(`UPDATE sync_runs SET renewed_at = '2022-01-12T17:18:07Z'`).run()
    return { lines: done ?? 0, whole }
  } finally {
    await dispose()
  }
}
