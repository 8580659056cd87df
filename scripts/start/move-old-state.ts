import { existsSync, globSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** Where `wrangler dev` keeps its local database and files. */
const STATE = '.wrangler/state'
const DATABASES = 'v3/d1/miniflare-D1DatabaseObject/*.sqlite'
const MIGRATIONS = 'migrations'

/**
 * Moves the local data away when its tables differ from those of the migrations that were applied:
 * an earlier version of the service made them, and no migration changes them.
 *
 * @returns where the data is now; `undefined` when it could stay
 */
export function moveOldState(now: Date): string | undefined {
  const isOld = globSync(DATABASES, { cwd: STATE }).some((file) => isOldDatabase(join(STATE, file)))
  if (!isOld) return undefined
  const place = `${STATE}-${now.toISOString().replaceAll(/\D/g, '').slice(0, 14)}`
  renameSync(STATE, place)
  return place
}

function isOldDatabase(path: string): boolean {
  const database = new DatabaseSync(path, { readOnly: true })
  try {
    const applied = appliedMigrations(database)
    if (applied.some((name) => !existsSync(join(MIGRATIONS, name)))) return true
    const tables = new Map(statementsOf(database))
    return statementsOf(databaseOf(applied)).some(([name, sql]) => tables.get(name) !== sql)
  } finally {
    database.close()
  }
}

/** Their names, in order; none for a database of another kind. */
function appliedMigrations(database: DatabaseSync): readonly string[] {
  const known = database.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'd1_migrations'`).all()
  if (known.length === 0) return []
  const rows = database.prepare('SELECT name FROM d1_migrations ORDER BY id').all()
  return rows.map(({ name }) => String(name))
}

/** A new database with these migrations applied. */
function databaseOf(migrations: readonly string[]): DatabaseSync {
  const database = new DatabaseSync(':memory:')
  for (const name of migrations) database.exec(readFileSync(join(MIGRATIONS, name), 'utf8'))
  return database
}

/** What made each table, index and trigger, whatever its blanks. */
const statementsOf = (database: DatabaseSync): readonly (readonly [string, string])[] =>
  database
    .prepare('SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL')
    .all()
    .map(({ name, sql }) => [String(name), String(sql).replaceAll(/\s+/g, ' ')])
