import { sql, type SQL } from 'drizzle-orm'

/**
 * A table expression with a row for each list: its owner, and its values as JSON. It is
 * materialized, because otherwise the JSON of a list would be read for each of its values.
 *
 * @param json an array of pairs of an owner and an array
 */
export const givenLists = (name: string, json: string): SQL =>
  sql`${sql.raw(name)} (owner, list) as materialized (
    select value ->> 0, value ->> 1 from json_each(${json}))`
