import { spawnSync } from 'node:child_process'
import { cpSync, globSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertDemoRows } from '../../scripts/demo/insert-demo-rows.ts'
import { localDatabase } from '../bench/local-database.ts'

const ROOT = join(import.meta.dirname, '../..')

/** Texts that a dump could spoil. */
const TEXTS = [
  "O'Neil; -- not a comment",
  'two\nlines\r\nand "quotes"',
  String.raw`a backslash \n and a ?1`,
  '/* */ BEGIN; END; 🎉 é\u2028',
]

const LOG = '0d3e0000-0000-4000-8000-0000000000aa'

let folder = ''

/** Runs wrangler in the folder of one of the two databases. */
function wrangler(database: 'full' | 'empty', ...words: string[]) {
  const { status, stdout, stderr } = spawnSync('wrangler', words, {
    cwd: join(folder, database),
    encoding: 'utf8',
    env: { ...process.env, CI: 'true', WRANGLER_SEND_METRICS: 'false', NO_COLOR: '1' },
  })
  if (status !== 0) throw new Error(`wrangler ${words.join(' ')} failed:\n${stdout}${stderr}`)
  return stdout
}

function openedFile(database: 'full' | 'empty') {
  const pattern = '.wrangler/state/v3/d1/miniflare-D1DatabaseObject/*.sqlite'
  const file = globSync(pattern, { cwd: join(folder, database) }).find(
    (name) => !name.endsWith('metadata.sqlite'),
  )
  if (file === undefined) throw new Error('There is no database.')
  return new DatabaseSync(join(folder, database, file))
}

/** All that a database holds: its tables, indexes and triggers, and the rows of each table. */
function contentsOf(database: 'full' | 'empty') {
  const file = openedFile(database)
  const schema = file
    .prepare(
      `SELECT type, name, sql FROM sqlite_schema
       WHERE name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name <> 'd1_migrations' ORDER BY name`,
    )
    .all()
  const tables = schema.filter(({ type }) => type === 'table').map(({ name }) => String(name))
  const rows = Object.fromEntries(
    tables.map((name) => {
      const table = file.prepare(`SELECT * FROM "${name}"`).all()
      return [name, table.map((row) => JSON.stringify(row)).toSorted()]
    }),
  )
  const faults = file.prepare('PRAGMA foreign_key_check').all()
  file.close()
  return { schema, rows, faults }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dump-test-'))
  for (const database of ['full', 'empty']) {
    mkdirSync(join(folder, database))
    cpSync(join(ROOT, 'wrangler.toml'), join(folder, database, 'wrangler.toml'))
    symlinkSync(join(ROOT, 'migrations'), join(folder, database, 'migrations'))
  }
  wrangler('full', 'd1', 'migrations', 'apply', 'DB', '--local')
  const { database, dispose } = await localDatabase(join(folder, 'full/.wrangler/state'))
  await insertDemoRows(database)
  await database.batch([
    ...TEXTS.map((text, index) =>
      database.prepare('INSERT INTO people (id, first_name) VALUES (?, ?)').bind(`p${index}`, text),
    ),
    database.prepare(`INSERT INTO export_logs (id, user_id) VALUES ('${LOG}', 'somebody')`),
    database.prepare(
      `INSERT INTO export_files (export_log_id, variant, version) VALUES ('${LOG}', 'csv', 'v')`,
    ),
  ])
  await dispose()
}, 60_000)

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('a dump of the database', () => {
  it('makes an empty one the same, and no trigger changes what comes in', () => {
    wrangler('full', 'd1', 'export', 'DB', '--local', '--output', '../dump.sql')
    wrangler('empty', 'd1', 'execute', 'DB', '--local', '--file', '../dump.sql')
    const [full, empty] = [contentsOf('full'), contentsOf('empty')]
    expect(full.rows['contacts']?.length).toBeGreaterThan(1000)
    expect(full.rows['export_files']).toEqual([expect.stringContaining('"discarded":0')])
    expect(empty.schema).toEqual(full.schema)
    for (const [table, rows] of Object.entries(full.rows)) expect(empty.rows[table]).toEqual(rows)
    expect(empty.faults).toEqual([])
    expect(wrangler('empty', 'd1', 'migrations', 'apply', 'DB', '--local')).toContain(
      'No migrations to apply',
    )
  }, 60_000)
})
