import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout } from 'node:timers/promises'
import { databaseFile, fillFile } from './fill-file.ts'
import { serve, type Server } from './server.ts'

/**
 * What an isolate of 128 MB has to survive, one after the other and all at once: a list of large
 * logs, files of contacts with long texts in all formats, unusual contacts, and stalled transfers
 * of 100,000 contacts in both formats.
 */
const HEAP_MEGABYTES = 128
const PORT = Number(process.env['PORT'] ?? 8799)
const LOGS = 60
const STALLED = 16
/** By then contacts have been selected, and pages are of full size. */
const STALLS_AFTER_BYTES = 200_000

const USER = '9f7a1c52-0e5b-4a0c-9b61-1c5f9d1c7a01'
const LISTS = {
  ordinary: 'a0000000-0000-4000-8000-000000000001',
  streets: 'a0000000-0000-4000-8000-000000000002',
  unusual: 'a0000000-0000-4000-8000-000000000003',
} as const

const EXPORTS = '/api/v2/contacts/exports'
const FILES = [
  `${EXPORTS}.csv?`,
  `${EXPORTS}.csv?bom=true&`,
  `${EXPORTS}.xlsx?`,
  `${EXPORTS}/mailing.csv?`,
  `${EXPORTS}/mailing.xlsx?`,
]

async function measured(what: string, work: () => Promise<unknown>): Promise<void> {
  const start = performance.now()
  try {
    const result = await work()
    console.log('passes', what, `${((performance.now() - start) / 1000).toFixed(1)} s`, result)
  } catch (error) {
    console.log('FAILS ', what, error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}

type Headers = Readonly<Record<string, string>>

async function readList({ origin }: Server, headers: Headers): Promise<number> {
  const url = `${origin}${EXPORTS}?page[size]=${LOGS}`
  const only = await fetch(`${url}&fields[export_logs]=created_at`, { headers })
  const { data }: { data: unknown[] } = JSON.parse(await only.text())
  if (data.length !== LOGS) throw new Error(`${data.length} logs`)
  await (await fetch(url, { headers })).text()
  return data.length
}

async function readFile(
  { origin }: Server,
  headers: Headers,
  path: string,
  list: keyof typeof LISTS,
): Promise<number> {
  const url = `${origin}${path}filter[account_list_id]=${LISTS[list]}`
  const response = await fetch(url, { headers })
  if (response.status !== 200 || !response.body) throw new Error(`status ${response.status}`)
  let bytes = 0
  for await (const chunk of response.body) bytes += chunk.length
  return bytes
}

/** A client that reads the beginning of a file. @returns reads the rest, and returns its bytes */
async function stall(
  { origin }: Server,
  headers: Headers,
  format: string,
): Promise<() => Promise<number>> {
  const url = `${origin}${EXPORTS}.${format}?filter[account_list_id]=${LISTS.ordinary}`
  const { body } = await fetch(url, { headers })
  if (!body) throw new Error('There is no body.')
  const reader = body.getReader()
  for (let bytes = 0; bytes < STALLS_AFTER_BYTES;) {
    bytes += (await reader.read()).value?.length ?? 0
  }
  await setTimeout(100)
  return async () => {
    let bytes = 0
    for (let { value } = await reader.read(); value; { value } = await reader.read()) {
      bytes += value.length
    }
    return bytes
  }
}

/** Rows in SQL, numbered by `i`. */
const numbers = (count: number): string =>
  `WITH RECURSIVE number(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM number WHERE i < ${count})`

/** A text in SQL. */
const text = (bytes: number, letters = 'ab'): string =>
  `replace(hex(zeroblob(${bytes / 2})), '00', '${letters}')`

async function fill(folder: string): Promise<void> {
  const file = await databaseFile(folder)
  fillFile(file, [
    { accountListId: LISTS.ordinary, userId: USER, contacts: 100_000, offset: 1_000_000 },
  ])
  const database = new DatabaseSync(file)
  database.exec('PRAGMA foreign_keys = OFF; BEGIN')
  for (const list of [LISTS.streets, LISTS.unusual]) {
    database.exec(`INSERT INTO account_lists (id, home_country) VALUES ('${list}', 'Germany');
      INSERT INTO account_list_users VALUES ('${list}', '${USER}')`)
  }
  database.exec(`
    INSERT INTO export_logs (id, type, user_id, params) ${numbers(LOGS)}
      SELECT 'log ' || i, 'Contacts', '${USER}',
        '{"filter":{"note":"' || ${text(1_010_000)} || '"}}' FROM number;
    INSERT INTO contacts (id, account_list_id, name) ${numbers(1600)}
      SELECT 'street ' || i, '${LISTS.streets}', printf('Name %04d', i) FROM number;
    INSERT INTO addresses (id, contact_id, street) ${numbers(1600)}
      SELECT 'street ' || i, 'street ' || i, ${text(40_000)} FROM number;
    INSERT INTO contacts (id, account_list_id, name, greeting) ${numbers(6)}
      SELECT 'unusual ' || i, '${LISTS.unusual}', 'Name ' || i,
        iif(i = 1, replace(${text(1_700_000)}, 'ab', char(1, 2)), '')
      FROM number;
    INSERT INTO contact_tags ${numbers(100_000)} SELECT 'unusual 2', 'tag ' || i FROM number;
    INSERT INTO people (id, first_name) ${numbers(50_000)}
      SELECT 'person ' || i, 'Person ' || i FROM number;
    INSERT INTO contact_people (id, contact_id, person_id) ${numbers(50_000)}
      SELECT 'member ' || i, 'unusual 3', 'person ' || i FROM number;
    INSERT INTO email_addresses (id, person_id, email)
      SELECT 'email ' || id, id, ${text(1_900_000)} FROM people WHERE id LIKE 'person 1_';
    INSERT INTO contact_people (id, contact_id, person_id)
      SELECT 'large ' || id, 'unusual 4', id FROM people WHERE id LIKE 'person 1_';
    INSERT INTO addresses (id, contact_id, street, country) VALUES
      ('lines', 'unusual 5', ${text(1_900_000, 'x')} , 'Japan'),
      ('commas', 'unusual 6', replace(${text(1_900_000)}, 'ab', 'a' || char(10)), 'France');
    UPDATE contacts SET name = replace(${text(1_900_000)}, 'ab', ', ') WHERE id = 'unusual 6';
    COMMIT; PRAGMA wal_checkpoint(TRUNCATE)`)
  database.close()
}

const folder = mkdtempSync(join(tmpdir(), 'memory-'))
try {
  await fill(folder)
  const server = await serve(folder, PORT, { heapMegabytes: HEAP_MEGABYTES })
  try {
    const headers = { Authorization: `Bearer ${await server.tokenOf(USER)}` }
    await measured('the list of logs', () => readList(server, headers))
    for (const list of ['streets', 'unusual'] as const) {
      for (const path of FILES) {
        await measured(`${list} ${path}`, () => readFile(server, headers, path, list))
      }
    }
    const stalled = await Promise.all(
      Array.from({ length: STALLED }, (_, index) =>
        stall(server, headers, index % 2 === 0 ? 'csv' : 'xlsx'),
      ),
    )
    await measured(`all at once, beside ${STALLED} stalled transfers`, () =>
      Promise.all([
        readList(server, headers),
        ...FILES.flatMap((path) =>
          (['streets', 'unusual'] as const).map((list) => readFile(server, headers, path, list)),
        ),
      ]),
    )
    await measured('the stalled transfers, read on', () =>
      Promise.all(stalled.map((readOn) => readOn())),
    )
  } finally {
    await server.stop()
  }
} finally {
  rmSync(folder, { recursive: true })
}
