import { env } from 'cloudflare:workers'

type Value = string | number | null

/** Inserts rows by plain SQL that names only the columns it needs, as other programs do. */
export async function insert(table: string, ...rows: readonly Readonly<Record<string, Value>>[]) {
  const statements = rows.map((row) => {
    const names = Object.keys(row)
    const marks = names.map(() => '?').join(', ')
    return env.DB.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${marks})`).bind(
      ...Object.values(row),
    )
  })
  if (statements.length > 0) await env.DB.batch(statements)
}

/** Deletes every row of every table, and every object: storage is kept from one test of a file to the next. */
export async function emptyStorage() {
  const { results } = await env.DB.prepare(
    `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_cf%' ESCAPE '\\'
     AND name <> 'd1_migrations'`,
  ).all<{ name: string }>()
  await env.DB.batch([
    env.DB.prepare('PRAGMA defer_foreign_keys = on'),
    ...results.map(({ name }) => env.DB.prepare(`DELETE FROM ${name}`)),
  ])
  const { objects } = await env.FILES.list()
  await env.FILES.delete(objects.map(({ key }) => key))
}
