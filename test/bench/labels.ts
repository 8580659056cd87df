import { mkdtempSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listOf } from './bench-lists.ts'
import { clientOf } from './client.ts'
import { databaseFile, fillFile } from './fill-file.ts'
import { atMost, median, reportTable, type Line } from './report.ts'
import type { Server } from './server.ts'
import { withServer } from './with-server.ts'

/**
 * How fast labels are made, beside CSV of the same contacts, in an isolate with a heap of 48 MB:
 * `npm run bench:labels`. One address in five is in another script than Latin.
 */

const RUNS = 3
const HEAP_MEGABYTES = 48

const LISTS = [listOf(1, 3000), listOf(2, 100_000)]

/** Streets by the last digit of the address' id, in ten scripts. */
const STREETS = [
  'Οδός Ερμού 12',
  'ул. Ленина, 5, кв. 12',
  '12 Lê Lợi, Phường Bến Nghé',
  '北京市朝阳区建国路88号',
  '東京都千代田区千代田1-1 ビル',
  '서울특별시 중구 세종대로 110',
  'شارع الملك فهد ١٢، لا تنس',
  'רחוב הרצל 15 (דירה 3)',
  'क्षेत्रीय कार्यालय, हिन्दी',
  'ถนนสุขุมวิท ที่นี่ น้ำ',
]

const folder = mkdtempSync(join(tmpdir(), 'bench-labels-'))
try {
  const file = await databaseFile(folder)
  fillFile(file, LISTS)
  mixScripts(file)
  reportTable('labels', await withServer(folder, linesOf, { heapMegabytes: HEAP_MEGABYTES }))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function mixScripts(file: string): void {
  const database = new DatabaseSync(file)
  const streets = database.prepare(
    `UPDATE addresses SET street = ? WHERE substr(id, -2, 1) IN ('0', '1', '2') AND substr(id, -1) = ?`,
  )
  database.exec('BEGIN')
  for (const [digit, street] of STREETS.entries()) streets.run(street, String(digit))
  database.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE)')
  database.close()
}

async function linesOf(server: Server): Promise<readonly Line[]> {
  const lines: Line[] = []
  for (const { userId } of LISTS) {
    const client = await clientOf(server, userId)
    const times = { csv: [] as number[], pdf: [] as number[] }
    let [rows, size] = [0, 0]
    for (let run = 0; run <= RUNS; run += 1) {
      for (const format of ['csv', 'pdf'] as const) {
        const { id, total, bytes } = await client.download(await client.newLog(), format)
        ;({ rows } = await server.lineOf(id, 'made'))
        size = bytes
        // The first run loads code and fonts.
        if (run > 0) times[format].push(total)
      }
    }
    const [csv, pdf] = [median(times.csv), median(times.pdf)]
    lines.push(
      atMost(`${rows} contacts: labels ÷ CSV (${seconds(pdf)} ÷ ${seconds(csv)})`, pdf / csv, 2),
      [`${rows} contacts: size of the labels`, `${(size / 1e6).toFixed(1)} MB`, '', undefined],
    )
  }
  return lines
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`
}
