import { sql, type SQL } from 'drizzle-orm'

/** A time as the database stores it, in UTC and without a fraction: `2022-01-12T17:18:07Z`. */
export const storedTime = (time: Date): string => `${time.toISOString().slice(0, 19)}Z`

/** The same by the database's clock, which all requests share. */
export const databaseTime = (secondsAgo = 0): SQL =>
  sql`strftime('%Y-%m-%dT%H:%M:%SZ', 'now', ${`-${secondsAgo} seconds`})`
