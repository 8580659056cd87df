import type { RowTable } from './row-tables.ts'
import type { LineError } from './sync-types.ts'

/** The longest pointer, and the longest id that an error repeats. */
const POINTER_LENGTH = 300
const QUOTED_LENGTH = 100

/** What is wrong at a place of a line. */
export type LineProblem = { readonly detail: string } & (
  | { readonly path: readonly PropertyKey[] }
  | { readonly pointer: string }
)

/** An error of a line that cannot be read. */
export const badLine = (problem: LineProblem): LineError =>
  errorAt('400', 'Bad Request', problem.detail, pointerOf(problem))

/** A line that is too long to be read. */
export const longLine = (bytes: number): LineError => ({
  status: '413',
  title: 'Content Too Large',
  detail: `The line is longer than ${bytes / 1024 / 1024} MB.`,
})

/**
 * The error of an id that names no row which the token may write. It is the same whether there is
 * such a row or not.
 */
export function missingRow(
  { title, columns }: RowTable,
  id: string,
  pointer: string,
  isNew: boolean,
): LineError {
  const needed = columns.filter(({ isRequired }) => isRequired).map(({ name }) => name)
  const advice = isNew ? ` A new one needs ${needed.join(' and ')}.` : ''
  const shown = id.slice(0, QUOTED_LENGTH)
  return errorAt(
    '404',
    'Not Found',
    `There is no ${title} '${shown}' that this token may write.${advice}`,
    pointer,
  )
}

/** A line that the database refuses, though nothing was wrong with it when it was checked. */
export const refusedLine = (detail: string): LineError => ({
  status: '409',
  title: 'Conflict',
  detail,
})

function errorAt(
  status: LineError['status'],
  title: string,
  detail: string,
  pointer: string,
): LineError {
  const error = { status, title, detail }
  return pointer === '' ? error : { ...error, source: { pointer } }
}

function pointerOf(problem: LineProblem): string {
  const pointer =
    'pointer' in problem
      ? problem.pointer
      : problem.path
          .map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`)
          .join('')
  return pointer.slice(0, POINTER_LENGTH)
}
