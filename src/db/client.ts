import { drizzle, type DrizzleD1Database } from 'drizzle-orm/d1'

export type Database = DrizzleD1Database

/**
 * The database for one request: a D1 session that starts at the primary, so that what decides access is never read
 * from a replica that lags, and a file's pages are at least as new as the log they belong to.
 */
export function openDatabase(binding: D1Database): Database {
  const session = binding.withSession('first-primary')
  // drizzle knows no sessions: it is given a database whose queries go through this one.
  return drizzle({
    prepare: (query) => session.prepare(query),
    batch: (statements) => session.batch(statements),
    exec: (query) => binding.exec(query),
    withSession: (constraint) => binding.withSession(constraint),
    dump: () => binding.dump(),
  })
}
