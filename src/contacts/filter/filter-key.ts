import { sql, type SQL, type SQLWrapper } from 'drizzle-orm'
import type { ZodType } from 'zod'

/** The values of a filter as they were given, by names in snake_case; without absent ones. */
export type GivenValues = ReadonlyMap<string, unknown>

/** What a condition may depend on beside its own value. */
export type FilterContext = {
  /** The other values, for those that change the meaning of this one. */
  readonly given: GivenValues
  /** The account lists in scope. */
  readonly accountListIds: readonly string[]
  /** The UTC day of the log's `export_at`, `2022-01-12`. */
  readonly today: string
}

/** What a value selects: SQL that speaks of the table `contacts` of the statement around it. */
export type Condition = (context: FilterContext) => SQL
export type Selection = { readonly plain: Condition; readonly reversed: Condition }

/** A key of the filter: how its value is read, and what it selects. */
export type FilterKey = {
  /** Gives `undefined` for an absent value; its message ends a sentence that begins with the key. */
  readonly schema: ZodType
  /** What a value that the schema takes selects; nothing where it is absent. */
  readonly select: (value: unknown) => Selection | undefined
}

/**
 * Makes a key of a reader and a condition. Reversed, a key selects the contacts in scope that it would not select, unless
 * it has a rule of its own.
 */
export function filterKey<Value>(
  schema: ZodType<Value | undefined>,
  plain: (value: Value, context: FilterContext) => SQL,
  reversed = (value: Value, context: FilterContext) => sql`(${plain(value, context)}) is not true`,
): FilterKey {
  return {
    schema,
    select: (input) => {
      const value = schema.parse(input)
      if (value === undefined) return undefined
      return {
        plain: (context) => plain(value, context),
        reversed: (context) => reversed(value, context),
      }
    },
  }
}

/** Another value of the filter, `undefined` where it is absent. */
export const valueOf = <Value>(
  given: GivenValues,
  name: string,
  schema: ZodType<Value | undefined>,
): Value | undefined => (given.has(name) ? schema.parse(given.get(name)) : undefined)

/** One bound value for a list of any length: D1 takes 100 bound values at most. */
export const inList = (text: SQLWrapper, items: readonly (string | number)[]): SQL =>
  sql`${text} in (select value from json_each(${JSON.stringify(items)}))`

/** NULL and `''` are the same to a reader. */
export const isEmpty = (text: SQLWrapper): SQL => sql`coalesce(${text}, '') = ''`
