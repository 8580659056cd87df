import { joinBytes } from '../../streams/join-bytes.ts'

/** The longest line, in bytes without its line break. */
export const LINE_BYTES = 1024 * 1024

/** So much is kept of a line that is too long. In bytes. */
const KEPT_BYTES = 1000

const LF = 0x0a
const CR = 0x0d

/** A line that is not blank. */
export type RawLine = {
  /** From 1. Blank lines count. */
  readonly number: number
  /** The text as it came; of a line that is too long, its beginning. */
  readonly text: string
  readonly isTooLong: boolean
  readonly isUtf8: boolean
  /** Whether a line break follows. */
  readonly isTerminated: boolean
}

/** The lines that come together. */
export type LineGroup = {
  readonly lines: readonly RawLine[]
  /** The number of blank lines of the body so far. */
  readonly blankLines: number
}

/**
 * The lines of a body, in the groups in which they come. It reads from the body only when it is
 * read, and holds one line and one chunk at the most.
 *
 * @throws the error of the body
 */
export async function* readLines(body: ReadableStream<Uint8Array>): AsyncGenerator<LineGroup> {
  let number = 0
  let blankLines = 0
  let parts: Uint8Array[] = []
  let bytes = 0

  const add = (part: Uint8Array): void => {
    // Of a line that is too long the rest is counted, not kept.
    if (bytes <= LINE_BYTES) parts.push(part)
    bytes += part.length
  }
  const take = (isTerminated: boolean): RawLine | undefined => {
    number += 1
    const line = lineOf(number, parts, isTerminated)
    parts = []
    bytes = 0
    if (!line) blankLines += 1
    return line
  }

  for await (const chunk of body) {
    const lines: RawLine[] = []
    let start = 0
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, start)) {
      const isEmpty = start === end && parts.length === 0
      if (isEmpty) {
        number += 1
        blankLines += 1
      } else {
        add(chunk.subarray(start, end))
        const line = take(true)
        if (line) lines.push(line)
      }
      start = end + 1
    }
    // A copy, since the rest of the chunk is not needed any more.
    if (start < chunk.length) add(chunk.slice(start))
    yield { lines, blankLines }
  }
  const last = bytes > 0 ? take(false) : undefined
  if (last) yield { lines: [last], blankLines }
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })
const lenient = new TextDecoder()

/** @returns undefined for a blank line */
function lineOf(
  number: number,
  parts: readonly Uint8Array[],
  isTerminated: boolean,
): RawLine | undefined {
  let bytes: Uint8Array = parts.length === 1 && parts[0] ? parts[0] : joinBytes(parts)
  if (bytes.at(-1) === CR) bytes = bytes.subarray(0, -1)
  if (bytes.length > LINE_BYTES) {
    const text = lenient.decode(bytes.subarray(0, KEPT_BYTES))
    return { number, text, isTooLong: true, isUtf8: true, isTerminated }
  }
  const decoded = decode(bytes)
  const text = decoded ?? lenient.decode(bytes)
  if (text.trim() === '') return undefined
  return { number, text, isTooLong: false, isUtf8: decoded !== undefined, isTerminated }
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes)
  } catch {
    return undefined
  }
}
