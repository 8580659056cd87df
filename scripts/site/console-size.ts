import { gzipSync } from 'node:zlib'

/** What the browser loads for the console. */
const FILES = ['index.html', 'console.css', 'console.js', 'icon.svg']

const MOST_BYTES = 60_000

/**
 * How many bytes the console takes on its way to a browser, gzipped.
 *
 * @throws Error when they are too many
 */
export function consoleSize(assets: ReadonlyMap<string, Uint8Array>): number {
  const bytes = FILES.map((file) => gzipSync(assets.get(file) ?? new Uint8Array()).length)
  const sum = bytes.reduce((all, one) => all + one, 0)
  if (sum < MOST_BYTES) return sum
  throw new Error(`The console has ${sum} bytes gzipped, and must stay below ${MOST_BYTES}.`)
}
