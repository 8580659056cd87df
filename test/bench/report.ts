import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'

/** A line of the table: what was measured, the figure, the goal, and whether it is met; undefined where there is none. */
export type Line = readonly [
  measure: string,
  figure: string,
  goal: string,
  isMet: boolean | undefined,
]

export const atMost = (measure: string, figure: number, goal: number): Line => [
  measure,
  figure.toFixed(figure < 10 ? 2 : 0),
  `≤ ${goal}`,
  figure <= goal,
]

export const atLeast = (measure: string, figure: number, goal: number): Line => [
  measure,
  figure.toFixed(figure < 10 ? 2 : 0),
  `≥ ${goal}`,
  figure >= goal,
]

/** A figure without a goal. */
export const noted = (measure: string, figure: string): Line => [measure, figure, '', undefined]

export const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`
export const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`

export const median = (figures: readonly number[]): number => percentile(figures, 0.5)

export const percentile = (figures: readonly number[], share: number): number =>
  figures.toSorted((a, b) => a - b)[Math.floor(figures.length * share)] ?? NaN

/** Prints the table, and puts it into `RESULTS.md` in the place of the last one of this name. */
export const reportTable = (name: string, lines: readonly Line[]): void =>
  report('RESULTS.md', name, [
    '| measure | figure | goal | |',
    '| --- | --- | --- | --- |',
    ...lines.map((line) => `| ${line.slice(0, 3).join(' | ')} | ${verdict(line[3])} |`),
  ])

/** Prints a table with date and machine, and puts it into the page in the place of the last one; the prose there stays. */
export function report(page: string, name: string, table: readonly string[]): void {
  const model = cpus()[0]?.model ?? ''
  const load = loadavg().map((average) => average.toFixed(1))
  const text = [
    `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC; ${cpus().length} cores (${model.trim()}), ` +
      `${Math.round(totalmem() / 2 ** 30)} GB; load of the last 1, 5, 15 minutes ${load.join(', ')}.`,
    '',
    ...table,
  ].join('\n')
  console.log(`\n${text}`)
  const file = join(import.meta.dirname, page)
  const results = readFileSync(file, 'utf8')
  const [start, end] = [`<!-- ${name} -->\n`, `<!-- end of ${name} -->`]
  const from = results.indexOf(start)
  const to = results.indexOf(end)
  if (from === -1 || to === -1) throw new Error(`${page} has no place for ${name}.`)
  writeFileSync(file, `${results.slice(0, from + start.length)}${text}\n${results.slice(to)}`)
}

const verdict = (isMet: boolean | undefined): string =>
  isMet === undefined ? '' : isMet ? 'met' : '**missed**'
