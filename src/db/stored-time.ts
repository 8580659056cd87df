import { sql, type SQL } from 'drizzle-orm'

/** A time as the database holds it, in UTC and without a fraction: `2022-01-12T17:18:07Z`. */
export const storedTime = (time: Date): string => `${time.toISOString().slice(0, 19)}Z`

/** The same of the database's own clock, which is one for all who ask. */
export const databaseTime = (secondsAgo = 0): SQL =>
  sql`strftime('%Y-%m-%dT%H:%M:%SZ', 'now', ${`-${secondsAgo} seconds`})`
