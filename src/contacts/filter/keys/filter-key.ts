import type { SQL, SQLWrapper } from 'drizzle-orm'
import type { ZodType } from 'zod'
import type { Range } from '../values/range.ts'

/** How the documents describe a key. */
export type KeyDescription = {
  /** The rest of a sentence that begins with "selects contacts". */
  readonly selects: string
  /** A value as it stands in JSON. */
  readonly example: unknown
  /** Words that the key accepts, where its reader does not list them. */
  readonly values?: readonly string[]
}

/** The values of other keys and modifiers that change the meaning of a key. */
type OtherValues = {
  readonly any_tags?: boolean | undefined
  readonly address_historic?: boolean | undefined
  readonly donation?: readonly string[] | undefined
  readonly donation_date?: Range | undefined
}

/** What a condition may depend on besides its own value. */
export type FilterContext = {
  readonly others: OtherValues
  /** The UTC day of the log's `export_at`, `2022-01-12`. */
  readonly today: string
}

/** The rows of a table that belong to a contact, one of which must satisfy all keys of a group. */
export type RowGroup = (condition: SQL) => SQL

/** What a value selects. */
export type Selection = {
  /** SQL that refers to the table `contacts` of the statement around it. */
  readonly contact?: SQL | undefined
  /** SQL that refers to one row of a group. Where both are there, both must hold. */
  readonly row?: { readonly group: RowGroup; readonly condition: SQL } | undefined
  /** What the reversed key selects, where that is not simply every other contact. */
  readonly reversed?: SQL
}

/** Where the values are stored that a key can be given, for suggestions. */
export type StoredValues = {
  /** A column of texts. Those of nothing are no values. */
  readonly text: SQLWrapper
  /**
   * What joins its table to the table `contacts` of the statement around it, if it is another. A
   * `cross join` keeps SQLite from beginning with the rows of everybody.
   */
  readonly join?: SQL
  /** Whether texts that differ in letter case are one value. */
  readonly ignoresCase?: true
}

/** A key of the filter: its description, how its value is read, and what it selects. */
export type FilterKey<Value> = {
  readonly description: KeyDescription
  /**
   * Returns `undefined` for an absent value. Its message ends a sentence that begins with the key.
   */
  readonly schema: ZodType<Value | undefined>
  /** Returns nothing when only another key uses the value. */
  readonly select: (value: Value, context: FilterContext) => Selection | undefined
  /** Why a value that the schema accepts is invalid on the day of the export. */
  readonly objection?: ((value: Value, today: string) => string | undefined) | undefined
  /** Whether the value is a text to search for: only there, a text of nothing but commas is one. */
  readonly isSearch?: boolean
  readonly storedValues?: StoredValues
}

/** A key that selects by more than one condition. */
export const selectingKey = <Value>(
  description: KeyDescription,
  schema: ZodType<Value | undefined>,
  select: FilterKey<Value>['select'],
): FilterKey<Value> => ({ description, schema, select })

/** A key that looks at the contact as a whole. */
export const filterKey = <Value>(
  description: KeyDescription,
  schema: ZodType<Value | undefined>,
  selects: (value: Value, context: FilterContext) => SQL,
  objection?: FilterKey<Value>['objection'],
): FilterKey<Value> => ({
  description,
  schema,
  select: (value, context) => ({ contact: selects(value, context) }),
  objection,
})

/** A key whose value is a text to search for in the contact. */
export const searchKey = <Value>(
  description: KeyDescription,
  schema: ZodType<Value | undefined>,
  selects: (value: Value, context: FilterContext) => SQL,
): FilterKey<Value> => ({ ...filterKey(description, schema, selects), isSearch: true })

/** A key of a group, one row of which must satisfy all keys of the group. */
export const rowKey = <Value>(
  description: KeyDescription,
  group: RowGroup,
  schema: ZodType<Value | undefined>,
  selects: (value: Value, context: FilterContext) => SQL,
): FilterKey<Value> => ({
  description,
  schema,
  select: (value, context) => ({ row: { group, condition: selects(value, context) } }),
})

/** A key whose stored values can be suggested. */
export const suggestedKey = <Value>(
  storedValues: StoredValues,
  key: FilterKey<Value>,
): FilterKey<Value> => ({ ...key, storedValues })
