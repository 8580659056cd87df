import { env } from 'cloudflare:workers'
import type { World } from './world.ts'

/** Puts a world into the database: for each table one statement over one JSON text. */
export async function insertWorld(world: World): Promise<void> {
  const statements = Object.entries(world).flatMap(([table, rows]) => {
    const [first] = rows
    if (!first) return []
    const names = Object.keys(first)
    const values = names.map((name) => `value ->> '${name}'`).join(', ')
    return [
      env.DB.prepare(
        `INSERT INTO ${table} (${names.join(', ')}) SELECT ${values} FROM json_each(?)`,
      ).bind(JSON.stringify(rows)),
    ]
  })
  await env.DB.batch([env.DB.prepare('PRAGMA defer_foreign_keys = on'), ...statements])
}
