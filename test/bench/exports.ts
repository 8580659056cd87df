import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listOf } from './bench-lists.ts'
import { besideAMillion } from './beside-a-million.ts'
import { databaseFile, fillFile } from './fill-file.ts'
import { heapCaps } from './heap-caps.ts'
import { madeFiles } from './made-files.ts'
import { aMillion } from './million.ts'
import { reportTable, type Line } from './report.ts'
import { roundTrips } from './round-trips.ts'
import { bytesOfContacts, costOfTriggers, rowsWritten } from './schema-cost.ts'
import { throughput } from './throughput.ts'

/**
 * How fast files are made, and what that takes, beside what one would use instead: `npm run bench`.
 * It prints a table and keeps it in `RESULTS.md`. Words name the parts to measure, which are then
 * printed only: `npm run bench -- throughput`. With `--million` a file of a million contacts is
 * made, and nothing else.
 */

const folder = mkdtempSync(join(tmpdir(), 'bench-exports-'))
const place = (name: string): string => join(folder, name)

const small = listOf(1, 500)
const middle = listOf(2, 1000)
const half = listOf(3, 50_000)
const big = listOf(4, 100_000)
/** Two account lists of one user, with as many contacts as `big` together. */
const HALVES = 'user of two lists'
const halves = [5, 6].map((number) => listOf(number, 50_000, HALVES))
const huge = listOf(7, 250_000)
const million = listOf(8, 1_000_000)

let bigFile: Promise<string> | undefined

/** The database of most parts. @returns its SQLite file */
async function fillBig(): Promise<string> {
  const file = await databaseFile(place('big'))
  fillFile(file, [small, middle, half, big, ...halves])
  return file
}

const parts: Readonly<Record<string, () => Promise<Line[]>>> = {
  async files() {
    const file = await (bigFile ??= fillBig())
    return madeFiles(place('big'), file, place('peers'), { big, middle, halves: HALVES })
  },
  async trips() {
    await (bigFile ??= fillBig())
    const lists = new Map([
      [1000, middle],
      [50_000, half],
      [100_000, big],
    ])
    return roundTrips(place('big'), lists)
  },
  async throughput() {
    await (bigFile ??= fillBig())
    return throughput(place('big'), small)
  },
  async heap() {
    fillFile(await databaseFile(place('huge')), [huge])
    return heapCaps(place('huge'), huge)
  },
  async schema() {
    return [
      ...(await rowsWritten(place('rows'))),
      ...(await bytesOfContacts(place('bytes'))),
      ...(await costOfTriggers(place('triggers'))),
    ]
  },
  beside: () => besideAMillion(place('alone'), place('beside')),
}

async function runAll(names: readonly string[]): Promise<Line[]> {
  const lines: Line[] = []
  for (const name of names) {
    const part = parts[name]
    if (!part)
      throw new Error(`There is no part ${name}. There is ${Object.keys(parts).join(', ')}.`)
    const start = performance.now()
    lines.push(...(await part()))
    console.log(`${name} took ${((performance.now() - start) / 1000).toFixed(0)} s.`)
  }
  return lines
}

try {
  const names = process.argv.slice(2)
  if (names.includes('--million')) {
    fillFile(await databaseFile(place('million')), [million])
    reportTable('million', await aMillion(place('million'), million))
  } else if (names.length > 0) {
    for (const line of await runAll(names)) console.log(...line)
  } else reportTable('exports', await runAll(Object.keys(parts)))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
