const QUOTE = 0x22
const LINE_FEED = 0x0a

/**
 * Counts the records of CSV after the first, the headings: line ends in quotes end none (RFC 4180).
 */
export function recordCounter(): (chunk: Uint8Array) => number {
  let lines = 0
  let isQuoted = false
  return (chunk) => {
    for (const byte of chunk) {
      if (byte === QUOTE) isQuoted = !isQuoted
      else if (byte === LINE_FEED && !isQuoted) lines += 1
    }
    return Math.max(0, lines - 1)
  }
}
