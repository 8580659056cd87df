import { isReadable, type Line, type UnreadableLine } from './line.ts'
import type { EndLine } from './raw-lines.ts'
import type { CompleteOptions } from './sync-types.ts'

/** The ids that a complete body names. */
export type NamedIds = {
  /** Ascending. */
  readonly ids: string[]
  /** A line whose id cannot be read may name any row. */
  hasUnknown: boolean
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Notes the id of a line of a complete body. @returns whether it ascends */
export function nameLine(
  named: NamedIds,
  line: Line | UnreadableLine,
  { type }: CompleteOptions,
): boolean {
  if (isReadable(line) && line.type.name !== type) return true
  const id = isReadable(line) ? line.row.id : line.id?.toLowerCase()
  const isAscending = id !== undefined && UUID.test(id) && id > (named.ids.at(-1) ?? '')
  if (isAscending) named.ids.push(id)
  else if (!isReadable(line)) named.hasUnknown = true
  return isAscending || !isReadable(line)
}

/** Why a complete body may not be whole. */
export function truncationOf(
  endLine: EndLine | undefined,
  isWhole: boolean,
  lines: number,
): string | undefined {
  const behind = 'Nothing behind its last id is removed.'
  if (!endLine) return `The body has no end line, {"end":true,"lines":${lines}}. ${behind}`
  if (endLine.lines !== lines) {
    return `The end line says another number of lines than the ${lines} of the body. ${behind}`
  }
  return isWhole ? undefined : `The body ends without a line break. ${behind}`
}
