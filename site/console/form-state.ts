import { DEFAULT_TEMPLATE } from '../../src/formats/pdf/templates/find-template.ts'
import type { ColumnKey, SortName } from './api.ts'
import { fileKind, fileKinds } from './file/file-formats.ts'
import { sortName } from './file/sorts.ts'
import { columns as columnLists, isColumn } from './file/columns.ts'

/** A filter as the API takes it. */
export type FilterValues = Readonly<Record<string, unknown>>

/** How labels are printed. What is `undefined` is the service's own choice. */
export type LabelChoice = {
  readonly template: string
  readonly start: number
  readonly fontSize: number | undefined
  readonly border: boolean
}

/** Which columns: those of a kind of export, or some in an order of one's own. */
export type ColumnsChoice = 'contacts' | 'mailing' | readonly ColumnKey[]

/** What the file is to be. */
export type FileChoice = {
  readonly kind: string
  readonly columns: ColumnsChoice
  readonly sort: SortName
  readonly labels: LabelChoice
}

/** All that is chosen on the page: what is exported, and as what. */
export type FormState = { readonly filter: FilterValues; readonly file: FileChoice }

export const defaultFile: FileChoice = {
  kind: fileKinds[0]?.id ?? 'csv',
  columns: 'contacts',
  sort: 'name',
  labels: { template: DEFAULT_TEMPLATE, start: 1, fontSize: undefined, border: false },
}

/** The members of `params` beside the filter that make this file; defaults are left out. */
export function fileParams({ columns, sort, labels, kind }: FileChoice): Record<string, unknown> {
  const isOfLabels = fileKind(kind)?.isLabels ?? false
  return {
    ...(typeof columns !== 'string' && { columns }),
    ...(sort !== 'name' && { sort }),
    ...(isOfLabels && { type: labels.template }),
    ...(isOfLabels && labels.start !== 1 && { start: labels.start }),
    ...(isOfLabels && labels.fontSize !== undefined && { font_size: labels.fontSize }),
    ...(isOfLabels && labels.border && { border: true }),
  }
}

/**
 * The file that params of a log, a saved filter or an address ask for. What is missing or unknown
 * is the default.
 */
export function fileOf(params: Readonly<Record<string, unknown>>, kind: unknown): FileChoice {
  const { sort, type, start, font_size: fontSize, border } = params
  const known = typeof kind === 'string' ? fileKind(kind) : undefined
  return {
    kind: known?.id ?? defaultFile.kind,
    columns: columnsOf(params['columns']),
    sort: (typeof sort === 'string' ? sortName(sort) : undefined) ?? defaultFile.sort,
    labels: {
      template: typeof type === 'string' && type !== '' ? type : defaultFile.labels.template,
      start: positive(start) ?? 1,
      fontSize: positive(fontSize),
      border: border === true || border === 'true',
    },
  }
}

function columnsOf(value: unknown): ColumnsChoice {
  if (value === 'mailing' || value === 'contacts') return value
  const listed = typeof value === 'string' ? value.split(',') : value
  const keys = Array.isArray(listed) ? [...new Set(listed.map(String).filter(isColumn))] : []
  if (keys.length === 0) return defaultFile.columns
  return (['contacts', 'mailing'] as const).find((kind) => isOfKind(kind, keys)) ?? keys
}

function isOfKind(kind: 'contacts' | 'mailing', keys: readonly ColumnKey[]): boolean {
  const own = columnLists[kind]
  return own.length === keys.length && own.every(({ key }, index) => key === keys[index])
}

function positive(value: unknown): number | undefined {
  const number = Number(value ?? NaN)
  return number >= 1 && number < 1000 ? number : undefined
}

/** Whether two filters have the same keys and values, in any order. */
export const filterIdentity = (filter: FilterValues): string =>
  JSON.stringify(Object.entries(filter).toSorted(([a], [b]) => (a < b ? -1 : 1)))
