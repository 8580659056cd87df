import { drizzle, type DrizzleD1Database } from 'drizzle-orm/d1'
import { retry } from '../retry.ts'

/**
 * How many queries of a request may fail and be made again. D1 answers 1,000 queries of a request, failed ones included; the
 * largest file must do with the rest.
 */
const RETRIED_QUERIES = 50

/** What a request has asked of D1 so far. Each statement of a batch is a query, and so is each attempt. */
type DatabaseCost = { readonly queries: number; readonly rowsRead: number }

export type Database = DrizzleD1Database & {
  readonly cost: DatabaseCost
  /**
   * Retries a write, or a batch with writes, when D1 fails with a transient error. Only for writes that may be carried out
   * twice. Reads and batches of reads need no such word: they are always retried.
   *
   * @param write builds the query anew for each attempt
   */
  readonly retry: <Result>(write: () => PromiseLike<Result>) => Promise<Result>
}

/**
 * The database for one request: a D1 session that starts at the primary, so that what decides access is never read
 * from a replica that lags, and a file's pages are at least as new as the log they belong to. It counts what it costs, and
 * retries reads that fail with a transient error.
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
  const retryQuery = <Result>(call: () => PromiseLike<Result>) =>
    retry(call, () => failed <= RETRIED_QUERIES)

  /**
   * The statement, whose runs are counted. `raw`, which drizzle reads by, tells no cost: `all` stands in for it, so that the
   * columns of a statement need names of their own, as in a batch they do anyway.
   */
  const counted = (statement: D1PreparedStatement, isRead: boolean): D1PreparedStatement => {
    if (isRead) reads.add(statement)
    const bind = statement.bind.bind(statement)
    const run = statement.run.bind(statement)
    const all = statement.all.bind(statement)
    const once = async (call: () => Promise<D1Result<Record<string, unknown>>>) => {
      const one = () => attempt(1, async () => [await call()] as const satisfies D1Result[])
      const [result] = await (isRead ? retryQuery(one) : one())
      return result
    }
    return Object.assign(statement, {
      bind: (...values: unknown[]) => counted(bind(...values), isRead),
      run: () => once(run),
      all: () => once(all),
      raw: async () => (await once(all)).results.map((row) => Object.values(row)),
    })
  }

  // drizzle knows no sessions: it is given a database whose queries go through this one.
  const database = drizzle({
    prepare: (query) => counted(session.prepare(query), isReading(query)),
    batch: <Row>(statements: D1PreparedStatement[]) => {
      const all = () => attempt(statements.length, () => session.batch<Row>(statements))
      return statements.every((statement) => reads.has(statement)) ? retryQuery(all) : all()
    },
    exec: (query) => binding.exec(query),
    withSession: (constraint) => binding.withSession(constraint),
    dump: () => binding.dump(),
  })
  return Object.assign(database, { cost, retry: retryQuery })
}

/**
 * Whether a statement only reads. No `select` of SQLite writes; `with` may stand before a write, whose words are then in the
 * text. Texts of ours hold no other: values are bound.
 */
const isReading = (query: string): boolean =>
  /^\s*select\b/i.test(query) ||
  (/^\s*with\b/i.test(query) && !/\b(?:insert|update|delete|replace\s+into)\b/i.test(query))
