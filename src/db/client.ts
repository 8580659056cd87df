import { drizzle, type DrizzleD1Database } from 'drizzle-orm/d1'
import { retried } from '../retry.ts'

/**
 * How many queries of a request may fail and be retried. D1 allows 1,000 queries a request,
 * including failed ones, and the largest file needs most of them.
 */
const RETRIED_QUERIES = 50

/**
 * What a request has cost so far. Each statement of a batch counts as a query, and so does each
 * attempt.
 */
type DatabaseCost = { readonly queries: number; readonly rowsRead: number }

export type Database = DrizzleD1Database & {
  readonly cost: DatabaseCost
  /**
   * Retries a write, or a batch with writes, when D1 fails with a transient error. Only for writes
   * that can be run twice. Reads and batches of reads are always retried.
   *
   * @param write builds the query for each attempt
   */
  readonly retried: <Result>(write: () => PromiseLike<Result>) => Promise<Result>
}

/**
 * The database for one request: a D1 session that starts at the primary. So access is never decided
 * by a replica that lags, and the pages of a file are at least as new as its log. It counts queries
 * and rows read, and retries reads that fail with a transient error.
 */
export function openDatabase(binding: D1Database): Database {
  const session = binding.withSession('first-primary')
  const cost = { queries: 0, rowsRead: 0 }
  let failed = 0
  const reads = new WeakSet<D1PreparedStatement>()

  const attempt = async <Result extends D1Result[]>(
    queries: number,
    call: () => Promise<Result>,
  ): Promise<Result> => {
    cost.queries += queries
    try {
      const results = await call()
      for (const { meta } of results) cost.rowsRead += meta.rows_read
      return results
    } catch (error) {
      failed += queries
      throw error
    }
  }
  const retry = <Result>(call: () => PromiseLike<Result>) =>
    retried(call, () => failed <= RETRIED_QUERIES)

  /**
   * The statement with its runs counted. drizzle reads by `raw`, which does not return the cost, so
   * `all` replaces it. Therefore the columns of a statement need unique names, as they do in a
   * batch.
   */
  const counted = (statement: D1PreparedStatement, isRead: boolean): D1PreparedStatement => {
    if (isRead) reads.add(statement)
    const bind = statement.bind.bind(statement)
    const run = statement.run.bind(statement)
    const all = statement.all.bind(statement)
    const once = async (call: () => Promise<D1Result<Record<string, unknown>>>) => {
      const one = () => attempt(1, async () => [await call()] as const satisfies D1Result[])
      const [result] = await (isRead ? retry(one) : one())
      return result
    }
    return Object.assign(statement, {
      bind: (...values: unknown[]) => counted(bind(...values), isRead),
      run: () => once(run),
      all: () => once(all),
      raw: async () => (await once(all)).results.map((row) => Object.values(row)),
    })
  }

  // drizzle does not support sessions, so it gets a database whose queries go through the session.
  const database = drizzle({
    prepare: (query) => counted(session.prepare(query), isReading(query)),
    batch: <Row>(statements: D1PreparedStatement[]) => {
      const all = () => attempt(statements.length, () => session.batch<Row>(statements))
      return statements.every((statement) => reads.has(statement)) ? retry(all) : all()
    },
    exec: (query) => binding.exec(query),
    withSession: (constraint) => binding.withSession(constraint),
    dump: () => binding.dump(),
  })
  return Object.assign(database, { cost, retried: retry })
}

/**
 * Whether a statement only reads. A `select` of SQLite never writes. `with` can precede a write,
 * whose keyword is then in the text; values are bound, so the keyword is found nowhere else.
 */
const isReading = (query: string): boolean =>
  /^\s*select\b/i.test(query) ||
  (/^\s*with\b/i.test(query) && !/\b(?:insert|update|delete|replace\s+into)\b/i.test(query))
