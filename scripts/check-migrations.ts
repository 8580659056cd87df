import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'

/**
 * Fails when a change of the schema has no migration yet: drizzle-kit would write one, here into a
 * copy.
 */
const copy = mkdtempSync(join(tmpdir(), 'migrations-'))
try {
  cpSync('migrations', copy, { recursive: true })
  const before = readdirSync(copy).length
  const schema = ['--dialect', 'sqlite', '--schema', 'src/db/schema/index.ts']
  const { status, stdout, stderr } = spawnSync(
    'drizzle-kit',
    ['generate', ...schema, '--out', relative('.', copy)],
    { encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`drizzle-kit could not compare:\n${stdout}${stderr}`)
  if (readdirSync(copy).length > before) {
    throw new Error('The schema has changed and no migration says so: npm run migrations')
  }
} finally {
  rmSync(copy, { recursive: true })
}
