import { env } from 'cloudflare:workers'

/** What D1 takes in production: a local one takes more. */
const VALUE_BYTES = 2_000_000
const QUERIES = 1000

/** What the statements of a request have returned. */
type Returned = { queries: number; mostBytes: number }

/**
 * The database with the limits of production: it refuses a value, bound or returned, of more than 2 MB, and the 1,001st
 * query. It tells how much its statements have returned.
 *
 * @param fault an error for some statements, by their text and the values bound to them
 */
export function limitedDatabase(
  fault?: (sql: string, values: readonly unknown[]) => Error | undefined,
) {
  const returned: Returned = { queries: 0, mostBytes: 0 }

  const take = <Result extends D1Result>(result: Result): Result => {
    returned.queries += 1
    if (returned.queries > QUERIES) throw new Error('D1_ERROR: too many queries.')
    const sizes = result.results.flatMap((row) => Object.values(Object(row)).map(bytesOf))
    if (sizes.some((size) => size > VALUE_BYTES)) throw tooBig()
    returned.mostBytes = Math.max(
      returned.mostBytes,
      sizes.reduce((sum, size) => sum + size, 0),
    )
    return result
  }

  /** What each statement does before it runs: it throws the error that it is to have. */
  const refusals = new WeakMap<D1PreparedStatement, () => void>()
  const refuseAny = (statements: readonly D1PreparedStatement[]): void => {
    for (const statement of statements) refusals.get(statement)?.()
  }

  const limited = (statement: D1PreparedStatement, sql: string, values: readonly unknown[]) => {
    const bind = statement.bind.bind(statement)
    const all: () => Promise<D1Result<Record<string, unknown>>> = statement.all.bind(statement)
    const refuse = () => {
      const error = fault?.(sql, values)
      if (error) throw error
    }
    refusals.set(statement, refuse)
    return Object.assign(statement, {
      bind: (...bound: unknown[]): D1PreparedStatement => {
        if (bound.some((value) => bytesOf(value) > VALUE_BYTES)) throw tooBig()
        return limited(bind(...bound), sql, bound)
      },
      all: async () => {
        refuse()
        return take(await all())
      },
    })
  }

  const DB: D1Database = {
    prepare: (sql) => limited(env.DB.prepare(sql), sql, []),
    batch: async <Row>(all: D1PreparedStatement[]) => {
      refuseAny(all)
      return (await env.DB.batch<Row>(all)).map(take)
    },
    exec: (sql) => env.DB.exec(sql),
    dump: () => env.DB.dump(),
    withSession: (constraint) => {
      const session = env.DB.withSession(constraint)
      return {
        prepare: (sql) => limited(session.prepare(sql), sql, []),
        batch: async <Row>(all: D1PreparedStatement[]) => {
          refuseAny(all)
          return (await session.batch<Row>(all)).map(take)
        },
        getBookmark: () => session.getBookmark(),
      }
    },
  }
  return { bindings: { DB }, returned }
}

const bytesOf = (value: unknown): number =>
  typeof value === 'string' ? new TextEncoder().encode(value).length : 8

const tooBig = () => new Error('D1_ERROR: string or blob too big: SQLITE_TOOBIG')
