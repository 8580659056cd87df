import * as z from 'zod'
import type { LineType, OwnedList, PairList } from './line-types.ts'
import type { RowTable } from './row-tables.ts'
import {
  idSchema,
  memberFlagSchema,
  textSchema,
  userIdSchema,
  valueSchema,
  type Value,
} from './value-schemas.ts'

/** What a member of a row may hold: a value, or a list. */
export type Given = Value | undefined | readonly (string | GivenObject)[]

/** The members of a row that a line gives. */
export type GivenObject = { readonly [member: string]: Given }

const NOT_AN_OBJECT = 'This must be an object.'
const NOT_AN_ARRAY = 'This must be an array.'

/** The schema of a line of a type. It follows from the entry of the type. */
export function lineSchema({ table, lists }: LineType) {
  return z.strictObject({
    type: z.unknown(),
    id: idSchema,
    attributes: z
      .strictObject({ ...columnSchemas(table), ...listSchemas(lists) }, NOT_AN_OBJECT)
      .optional(),
    removed: z.boolean('This must be true or false.').optional(),
  })
}

type Members = Record<string, z.ZodType<Given>>

const columnSchemas = ({ columns }: RowTable, owner?: string): Members =>
  Object.fromEntries(
    columns
      .filter(({ name }) => name !== owner)
      .map((column) => [column.name, valueSchema(column).optional()]),
  )

const listSchemas = (lists: readonly OwnedList[]): Members =>
  Object.fromEntries(lists.map((list) => [list.member, itemsSchema(list).optional()]))

/** The items of a list. Null clears a list, as it clears any member. */
const itemsSchema = (list: OwnedList) =>
  z
    .array(itemSchema(list), NOT_AN_ARRAY)
    .nullable()
    .transform((items) => items ?? [])

function itemSchema(list: OwnedList): z.ZodType<string | GivenObject> {
  switch (list.kind) {
    case 'pairs':
      return pairSchema(list)
    case 'rows':
      return rowSchema(columnSchemas(list.table, list.owner))
    case 'people':
      return rowSchema({
        is_primary: memberFlagSchema.optional(),
        ...columnSchemas(list.table),
        ...listSchemas(list.lists),
      })
    default:
      return list satisfies never
  }
}

const rowSchema = (members: Members) => z.strictObject({ id: idSchema, ...members }, NOT_AN_OBJECT)

function pairSchema({ references, value }: PairList): z.ZodType<string> {
  if (references) return idSchema
  return value === 'user_id' ? userIdSchema : textSchema
}
