import { env } from 'cloudflare:workers'

/** As large as a value of D1 may be; the local one takes more. */
const MOST_BYTES = 2_000_000

/** The database, with D1's limit for the size of a bound value. */
export function strictDatabase(): D1Database {
  const strict = (statement: D1PreparedStatement): D1PreparedStatement => {
    const bind = statement.bind.bind(statement)
    return Object.assign(statement, {
      bind: (...values: unknown[]) => {
        for (const value of values) {
          if (typeof value === 'string' && new TextEncoder().encode(value).length > MOST_BYTES) {
            throw new Error('D1_ERROR: string or blob too big: SQLITE_TOOBIG')
          }
        }
        return strict(bind(...values))
      },
    })
  }
  return {
    prepare: (sql) => strict(env.DB.prepare(sql)),
    batch: (statements) => env.DB.batch(statements),
    exec: (sql) => env.DB.exec(sql),
    dump: () => env.DB.dump(),
    withSession: (constraint) => {
      const session = env.DB.withSession(constraint)
      return {
        prepare: (sql) => strict(session.prepare(sql)),
        batch: (statements) => session.batch(statements),
        getBookmark: () => session.getBookmark(),
      }
    },
  }
}
