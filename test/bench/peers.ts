import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { plainJoin } from './plain-join.ts'

/** What one would use instead, at these versions. */
const PACKAGES = {
  'csv-stringify': '6.9.0',
  exceljs: '4.4.0',
  xlsx: '0.18.5',
  'write-excel-file': '4.1.1',
}

export const PEERS = ['csv-stringify', 'exceljs', 'SheetJS', 'write-excel-file'] as const

/** Installs the peers into a folder of their own. */
export async function installPeers(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'package.json'), JSON.stringify({ dependencies: PACKAGES }))
  await run('npm', ['install', '--no-audit', '--no-fund', '--prefix', folder])
}

/** The milliseconds that a peer takes from the database to a finished file. */
export async function peerTime(
  peer: (typeof PEERS)[number],
  database: string,
  list: string,
  folder: string,
): Promise<number> {
  const file = join(folder, peer === 'csv-stringify' ? `${peer}.csv` : `${peer}.xlsx`)
  const program = join(import.meta.dirname, 'peer.ts')
  const values = ['--max-old-space-size=8192', program, peer, database, list, folder, file]
  return Number(await run('node', values))
}

/** The milliseconds that sqlite3's shell takes for the same SELECT, as CSV; none where there is no sqlite3. */
export async function shellTime(
  database: string,
  list: string,
  folder: string,
): Promise<number | undefined> {
  if (!(await run('sqlite3', ['-version']).catch(() => undefined))) return undefined
  const output = await open(join(folder, 'sqlite3.csv'), 'w')
  const start = performance.now()
  const values = ['-csv', '-header', '-readonly', database, plainJoin(list)]
  await run('sqlite3', values, output.fd)
  const milliseconds = performance.now() - start
  await output.close()
  return milliseconds
}

/** @returns what the command prints; nothing where that goes elsewhere */
async function run(command: string, values: readonly string[], output?: number): Promise<string> {
  const child = spawn(command, values, { stdio: ['ignore', output ?? 'pipe', 'pipe'] })
  const exit = once(child, 'exit')
  const [printed, complaints] = await Promise.all([
    child.stdout ? text(child.stdout) : '',
    child.stderr ? text(child.stderr) : '',
    exit,
  ])
  if (child.exitCode !== 0) throw new Error(`${command} failed: ${complaints}`)
  return printed
}
