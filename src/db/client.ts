import { drizzle, type DrizzleD1Database } from 'drizzle-orm/d1'

/** What a request has asked of D1 so far. Each statement of a batch is a query. */
type DatabaseCost = { readonly queries: number; readonly rowsRead: number }

export type Database = DrizzleD1Database & { readonly cost: DatabaseCost }

/**
 * The database for one request: a D1 session that starts at the primary, so that what decides access is never read
 * from a replica that lags, and a file's pages are at least as new as the log they belong to. It counts what it costs.
 */
export function openDatabase(binding: D1Database): Database {
  const session = binding.withSession('first-primary')
  const cost = { queries: 0, rowsRead: 0 }
  const count = ({ meta }: D1Result) => {
    cost.queries += 1
    cost.rowsRead += meta.rows_read
  }
  // drizzle knows no sessions: it is given a database whose queries go through this one.
  const database = drizzle({
    prepare: (query) => counted(session.prepare(query), count),
    batch: async <Row>(statements: D1PreparedStatement[]) => {
      const results = await session.batch<Row>(statements)
      results.forEach(count)
      return results
    },
    exec: (query) => binding.exec(query),
    withSession: (constraint) => binding.withSession(constraint),
    dump: () => binding.dump(),
  })
  return Object.assign(database, { cost })
}

/**
 * The statement, telling what each of its runs cost. `raw`, which drizzle reads by, tells nothing: `all` stands in for it, so
 * that the columns of a statement need names of their own, as in a batch they do anyway.
 */
function counted(
  statement: D1PreparedStatement,
  count: (result: D1Result) => void,
): D1PreparedStatement {
  const bind = statement.bind.bind(statement)
  const run = statement.run.bind(statement)
  const read: () => Promise<D1Result<Record<string, unknown>>> = statement.all.bind(statement)
  const all = async () => {
    const result = await read()
    count(result)
    return result
  }
  return Object.assign(statement, {
    bind: (...values: unknown[]) => counted(bind(...values), count),
    run: async () => {
      const result = await run()
      count(result)
      return result
    },
    all,
    raw: async () => (await all()).results.map((row) => Object.values(row)),
  })
}
