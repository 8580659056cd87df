import { sql, type SQL, type SQLWrapper } from 'drizzle-orm'
import type { ZodType } from 'zod'

/** The values of a filter as they were given, by names in snake_case; without absent ones. */
export type GivenValues = ReadonlyMap<string, unknown>

/** What a condition may depend on beside its own value. */
export type FilterContext = {
  /** The other values, for those that change the meaning of this one. */
  readonly given: GivenValues
  /** The UTC day of the log's `export_at`, `2022-01-12`. */
  readonly today: string
}

/** The ids of the account lists in scope: a table that the statement around a condition has to define. */
export const inScope = sql`(select id from lists_in_scope)`

type Condition = (context: FilterContext) => SQL

/** The rows of a table that belong to a contact, of which one has to satisfy all keys of a group. */
export type RowGroup = (condition: SQL) => SQL

/** What a value selects. */
export type Selection = {
  /** SQL that speaks of the table `contacts` of the statement around it. */
  readonly contact?: Condition | undefined
  /** SQL that speaks of one row of a group. Both, where both are there, have to hold. */
  readonly row?: { readonly group: RowGroup; readonly condition: Condition } | undefined
  /** What the key selects reversed, if that is not simply all it would not select. */
  readonly reversed?: Condition
}

/** A key of the filter: how its value is read, and what it selects. */
export type FilterKey = {
  /** Gives `undefined` for an absent value; its message ends a sentence that begins with the key. */
  readonly schema: ZodType
  /** What a value selects that the schema takes; nothing where it is absent, or belongs to another key. */
  readonly select: (value: unknown, given: GivenValues) => Selection | undefined
  /** What is wrong with a value that the schema takes, on the day of the export. */
  readonly objection: (value: unknown, today: string) => string | undefined
}

/** Makes a key of its reader and of what its values select. */
export const selectingKey = <Value>(
  schema: ZodType<Value | undefined>,
  select: (value: Value, given: GivenValues) => Selection | undefined,
  objection?: (value: Value, today: string) => string | undefined,
): FilterKey => ({
  schema,
  select: (input, given) => {
    const value = schema.parse(input)
    return value === undefined ? undefined : select(value, given)
  },
  objection: (input, today) => {
    const value = objection && schema.parse(input)
    return value === undefined ? undefined : objection?.(value, today)
  },
})

/** A key that looks at the contact as a whole. */
export const filterKey = <Value>(
  schema: ZodType<Value | undefined>,
  selects: (value: Value, context: FilterContext) => SQL,
  objection?: (value: Value, today: string) => string | undefined,
): FilterKey =>
  selectingKey(schema, (value) => ({ contact: (context) => selects(value, context) }), objection)

/** A key of a group, of which one row has to satisfy all. */
export const rowKey = <Value>(
  group: RowGroup,
  schema: ZodType<Value | undefined>,
  selects: (value: Value, context: FilterContext) => SQL,
): FilterKey =>
  selectingKey(schema, (value) => ({
    row: { group, condition: (context) => selects(value, context) },
  }))

/** Another value of the filter, `undefined` where it is absent. */
export const valueOf = <Value>(
  given: GivenValues,
  name: string,
  schema: ZodType<Value | undefined>,
): Value | undefined => (given.has(name) ? schema.parse(given.get(name)) : undefined)

/**
 * Whether a value is in a list. The list is one bound value of distinct items, which SQLite reads once for a statement. The plus
 * keeps an index from being searched for each item in turn, which would cost items × rows.
 */
export const inList = (value: SQLWrapper, items: readonly (string | number)[]): SQL =>
  sql`+${value} in ${eachOf(items)}`

/** The same where an index may be searched for each of the items: those that say which rows a statement reads. */
export const isAmong = (value: SQLWrapper, items: readonly string[]): SQL =>
  sql`${value} in ${eachOf(items)}`

const eachOf = (items: readonly (string | number)[]): SQL =>
  sql`(select value from json_each(${JSON.stringify([...new Set(items)])}))`

/** NULL and `''` are the same to a reader. */
export const isEmpty = (text: SQLWrapper): SQL => sql`coalesce(${text}, '') = ''`

/** The text is in the list, in which one word stands for no text. */
export const inListOrEmpty = (text: SQLWrapper, items: readonly string[], empty: string): SQL =>
  inList(
    sql`coalesce(${text}, '')`,
    items.map((item) => (item === empty ? '' : item)),
  )
