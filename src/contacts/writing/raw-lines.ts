import { readJson, type GivenJson } from './given-json.ts'
import type { Line, UnreadableLine } from './line.ts'
import { longLine } from './line-errors.ts'
import { parseLine, refused } from './parse-line.ts'
import { LINE_BYTES, type RawLine } from './read-lines.ts'

/** A line that says that the body is whole. */
export type EndLine = { readonly raw: RawLine; readonly lines: unknown }

export const jsonOf = ({ text, isTooLong, isUtf8 }: RawLine): GivenJson | undefined =>
  isTooLong || !isUtf8 ? undefined : readJson(text)

export const isEndLine = (json: GivenJson | undefined): json is GivenJson =>
  json?.['end'] === true && !('type' in json)

export function parseRawLine(raw: RawLine, json: GivenJson | undefined): Line | UnreadableLine {
  const { number, text } = raw
  if (raw.isTooLong) return { number, text, id: null, errors: [longLine(LINE_BYTES)] }
  if (!raw.isUtf8)
    return refused(number, text, null, [{ detail: 'The line is not UTF-8.', path: [] }])
  return parseLine(number, text, json)
}

export const misplaced = ({ raw: { number, text } }: EndLine): UnreadableLine =>
  refused(number, text, null, [{ detail: 'The end line must be the last line.', path: [] }])
