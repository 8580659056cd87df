import assert from 'node:assert/strict'
import type { ChildProcess } from 'node:child_process'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SignJWT } from 'jose'
import { applyMigrations, freePort, kill, openState, startServer } from './killable-server.ts'

/**
 * Kills `wrangler dev` while a file is half-way out, looks at what it has left, and starts it again on the same state: the
 * next download must be right. It takes some 20 seconds, and nothing but this machine.
 */

const CONTACTS = 10_000
const MEBIBYTE = 1024 * 1024

const USER = randomUUID()
const LIST = randomUUID()
const [CUT_OFF, UNTOUCHED] = [randomUUID(), randomUUID()]
const KEY = `exports/${CUT_OFF}.csv`
const SECRET = randomBytes(32).toString('hex')

const state = mkdtempSync(join(tmpdir(), 'kill-and-restart-'))
const port = await freePort()
const token = await new SignJWT({ user_id: USER })
  .setProtectedHeader({ alg: 'HS256' })
  .setExpirationTime('1h')
  .sign(new TextEncoder().encode(SECRET))

let server: ChildProcess | undefined
try {
  applyMigrations(state)
  await fill()
  server = await startServer({ state, port, secret: SECRET })
  const right = await digestOf(UNTOUCHED)
  await killHalfWay(CUT_OFF, server)
  const uploadId = await inspectAndAge()
  server = await startServer({ state, port, secret: SECRET })
  const swept = await fetch(`http://127.0.0.1:${port}/cdn-cgi/handler/scheduled`)
  assert.equal(swept.status, 200)
  assert.deepEqual(await digestOf(CUT_OFF), right, 'the next download is right')
  assert.deepEqual(await digestOf(CUT_OFF), { ...right, kept: true }, 'and kept')
  kill(server)
  await expectNothingOpen(uploadId)
  console.log(`Killed half-way and started again: all is right (${right.bytes} bytes).`)
} finally {
  if (server) kill(server)
  rmSync(state, { recursive: true, force: true, maxRetries: 5 })
}

/** Contacts for a file of some 30 MB, and two logs that select all of them. */
async function fill(): Promise<void> {
  const { env, dispose } = await openState(state)
  const log = `INSERT INTO export_logs (id, type, user_id, export_at) VALUES (?, 'Contacts', ?, '2022-01-12T17:18:07Z')`
  await env.DB.batch([
    env.DB.prepare('INSERT INTO account_lists (id) VALUES (?)').bind(LIST),
    env.DB.prepare('INSERT INTO account_list_users VALUES (?, ?)').bind(LIST, USER),
    env.DB.prepare(
      `WITH RECURSIVE numbers (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < ?)
       INSERT INTO contacts (id, account_list_id, name)
       SELECT printf('%08x-0000-4000-8000-000000000000', number), ?, hex(randomblob(500)) FROM numbers`,
    ).bind(CONTACTS, LIST),
    env.DB.prepare(log).bind(CUT_OFF, USER),
    env.DB.prepare(log).bind(UNTOUCHED, USER),
  ])
  await dispose()
}

function urlOf(id: string): string {
  return `http://127.0.0.1:${port}/api/v2/contacts/exports/${id}.csv`
}

function request(id: string): Promise<Response> {
  return fetch(urlOf(id), { headers: { Authorization: `Bearer ${token}` } })
}

async function digestOf(id: string): Promise<{ bytes: number; sha256: string; kept: boolean }> {
  const response = await request(id)
  assert.equal(response.status, 200)
  const bytes = new Uint8Array(await response.arrayBuffer())
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { bytes: bytes.length, sha256, kept: response.headers.has('ETag') }
}

/** Reads more than a part of R2, and less than the file; then the server is gone. */
async function killHalfWay(id: string, running: ChildProcess): Promise<void> {
  const { body } = await request(id)
  assert.ok(body)
  const reader = body.getReader()
  let bytes = 0
  while (bytes < 12 * MEBIBYTE) {
    const { value } = await reader.read()
    bytes += value?.length ?? 0
  }
  kill(running)
  await assert.rejects(async () => {
    while (!(await reader.read()).done);
  }, 'the client sees that the transfer broke')
}

/** What is left is on record. It becomes old enough for the sweep. @returns the upload that is open */
async function inspectAndAge(): Promise<string> {
  const { env, dispose } = await openState(state)
  assert.equal(await env.FILES.head(KEY), null, 'R2 holds no partial object')
  const files = await env.DB.prepare('SELECT * FROM export_files WHERE claim IS NOT NULL').all()
  assert.equal(files.results.length, 1, 'the claim is on record')
  const uploads = await env.DB.prepare('SELECT * FROM export_uploads').all()
  const [uploadId] = uploads.results.map((row) => String(row['upload_id']))
  assert.ok(uploadId, 'the open upload is on record')
  await env.DB.batch([
    env.DB.prepare(
      `UPDATE export_files SET claimed_at = '2022-01-12T17:18:07Z' WHERE claim IS NOT NULL`,
    ),
    env.DB.prepare(`UPDATE export_uploads SET noted_at = '2022-01-12T17:18:07Z'`),
  ])
  await dispose()
  return uploadId
}

async function expectNothingOpen(uploadId: string): Promise<void> {
  const { env, dispose } = await openState(state)
  const upload = env.FILES.resumeMultipartUpload(KEY, uploadId)
  await assert.rejects(upload.uploadPart(1, 'x'), /does not exist/)
  const uploads = await env.DB.prepare('SELECT * FROM export_uploads').all()
  assert.deepEqual(uploads.results, [])
  await dispose()
}
