import type { SQLWrapper } from 'drizzle-orm'
import { drizzle, type DrizzleD1Database } from 'drizzle-orm/d1'
import { SQLiteAsyncDialect } from 'drizzle-orm/sqlite-core'
import { retry } from '../retry.ts'

/**
 * How many failed queries of a request are retried. D1 accepts 1,000 queries of a request, failed
 * ones included, and the largest file needs the rest.
 */
const RETRIED_QUERIES = 50

/** What a request has cost so far. Each statement of a batch is a query, and so is each attempt. */
type DatabaseCost = {
  readonly queries: number
  readonly rowsRead: number
  /** Rows of indexes count, too. */
  readonly rowsWritten: number
}

export type Database = DrizzleD1Database & {
  readonly cost: DatabaseCost
  /**
   * Retries a write, or a batch with writes, when D1 fails with a transient error. Only for
   * idempotent writes. Reads and batches of reads are always retried.
   *
   * @param write builds the query for each attempt
   */
  readonly retry: <Result>(write: () => PromiseLike<Result>) => Promise<Result>
  /**
   * Runs statements in one transaction, for their effect. Unlike the batches of drizzle it takes
   * statements of `sql` with bound values.
   */
  readonly runAll: (statements: readonly SQLWrapper[]) => Promise<void>
}

const dialect = new SQLiteAsyncDialect()

/**
 * The database for one request: a D1 session that starts at the primary, so that access is never
 * decided by a replica that lags, and a file's pages are at least as new as its log. It counts its
 * queries, and retries reads that fail with a transient error.
 */
export function openDatabase(binding: D1Database): Database {
  const session = binding.withSession('first-primary')
  const cost = { queries: 0, rowsRead: 0, rowsWritten: 0 }
  let failed = 0
  const reads = new WeakSet<D1PreparedStatement>()

  const attempt = async <Result extends D1Result[]>(
    queries: number,
    call: () => Promise<Result>,
  ): Promise<Result> => {
    cost.queries += queries
    try {
      const results = await call()
      for (const { meta } of results) {
        cost.rowsRead += meta.rows_read
        cost.rowsWritten += meta.rows_written
      }
      return results
    } catch (error) {
      failed += queries
      throw error
    }
  }
  const retryQuery = <Result>(call: () => PromiseLike<Result>) =>
    retry(call, () => failed <= RETRIED_QUERIES)

  /**
   * A statement whose runs are counted. drizzle reads with `raw`, which returns no cost: `all`
   * replaces it, so that the columns of a statement need distinct names, as they do in a batch.
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

  // drizzle does not know sessions: this database sends its queries through the session.
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
  const runAll = async (statements: readonly SQLWrapper[]): Promise<void> => {
    const bound = statements.map((statement) => {
      const { sql, params } = dialect.sqlToQuery(statement.getSQL())
      return session.prepare(sql).bind(...params)
    })
    if (bound.length > 0) await attempt(bound.length, () => session.batch(bound))
  }
  return Object.assign(database, { cost, retry: retryQuery, runAll })
}

/**
 * Whether a statement only reads. A `select` of SQLite never writes. `with` may precede a write,
 * whose keywords are then in the text. No others are, since values are bound.
 */
const isReading = (query: string): boolean =>
  /^\s*select\b/i.test(query) ||
  (/^\s*with\b/i.test(query) && !/\b(?:insert|update|delete|replace\s+into)\b/i.test(query))
