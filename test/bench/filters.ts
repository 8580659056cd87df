import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getTableName } from 'drizzle-orm'
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core'
import { isWanted } from '../../src/contacts/reading/selection/contact-selection.ts'
import { readFilter } from '../../src/contacts/filter/read-filter.ts'
import { filterKeyNames, isFilterKeyName } from '../../src/contacts/filter/keys/keys.ts'
import { openSelection } from '../../src/contacts/reading/selection/load-stretch.ts'
import { selectedPages } from '../../src/contacts/reading/selection/selected-pages.ts'
import { openDatabase } from '../../src/db/client.ts'
import * as schema from '../../src/db/schema/index.ts'
import { fillStatements, idOf, type BenchList } from './fill.ts'
import { localDatabase } from './local-database.ts'
import { report } from './report.ts'

/**
 * What each key of the filter costs, in an account list of 100,000 contacts and in one of 500 beside it:
 * `npm run bench:filters`. It prints a table and keeps it in `FILTERS.md`.
 */

const TODAY = '2026-01-31'
const SMALL_LIMIT = 5
const BIG_LIMIT = 3
const RUNS = 3

const big: BenchList = {
  accountListId: 'a0000000-0000-4000-8000-000000000001',
  userId: 'big',
  contacts: 100_000,
  offset: 1_000_000,
}
const small: BenchList = {
  accountListId: 'a0000000-0000-4000-8000-000000000002',
  userId: 'small',
  contacts: 500,
  offset: 10_000_000,
}

/** Beside the big list in files of two. */
const second: BenchList = {
  accountListId: 'a0000000-0000-4000-8000-000000000003',
  userId: 'big',
  contacts: 50_000,
  offset: 20_000_000,
}

/** How many contacts are ticked in the big list; as many in a hundred in the small one. */
const TICKED = 5000

/** A value for each key that selects some contacts and not others. */
const valuesFor = ({ contacts, offset }: BenchList): Readonly<Record<string, unknown>> => {
  const ticked = Array.from({ length: (TICKED * contacts) / big.contacts }, (_, index) =>
    idOf('contacts', offset + index),
  )
  return {
    status: 'Partner - Financial',
    status_valid: 'false',
    ids: ticked,
    not_ids: ticked,
    name_like: 'surname1',
    wildcard_search: 'john surname15',
    notes: 'conference of 7',
    tags: 'tag 0 4',
    exclude_tags: 'tag 0 4',
    likely: 'none',
    church: 'Grace',
    locale: 'en',
    timezone: 'UTC',
    referrer: 'any',
    contact_type: 'company',
    newsletter: 'address',
    updated_at: '2024-01-01..2024-06-30',
    city: 'Springfield',
    state: 'IL,none',
    country: 'Canada',
    region: 'none',
    metro_area: 'Capital',
    address_historic: 'true',
    primary_address: 'primary',
    address_valid: 'false',
    contact_info_email: 'No',
    contact_info_phone: 'Yes',
    contact_info_mobile: 'No',
    contact_info_work_phone: 'Yes',
    contact_info_addr: 'Yes',
    contact_info_facebook: 'Yes',
    pledge_received: 'true',
    pledge_amount: '50',
    pledge_currency: 'USD',
    pledge_frequency: '0.2308',
    pledge_late_by: '30_400',
    started_giving_range: '2024-01-01..2024-12-31',
    stopped_giving_range: '2024-01-01..2025-11-30',
    gave_more_than_pledged_range: '2024-01-01..2024-12-31',
    pledge_amount_increased_range: '2024-01-01..2024-12-31',
    donation: 'first,last',
    donation_amount: '50',
    donation_amount_range: { min: 190 },
    donation_date: '2024-01-01..2024-01-31',
    donation_amount_recommendation: 'Yes',
    designation_account_id: idOf('designation_accounts', offset),
    related_task_action: 'Call',
    tasks_all_completed: 'true',
    task_due_date: '2024-01-01..2024-06-30',
    appeal: idOf('appeals', offset),
    no_appeals: 'true',
  }
}

const folder = mkdtempSync(join(tmpdir(), 'bench-filters-'))
const { database, dispose } = await localDatabase(folder)
try {
  for (const statement of fillStatements(small)) await database.prepare(statement).run()
  const ownRows = await rowCounts()
  for (const list of [big, second]) {
    for (const statement of fillStatements(list)) await database.prepare(statement).run()
  }
  const lines = [
    '| key | 500: rows read | ÷ own rows | ms | 100,000: selected | rows read | ms | ÷ unfiltered | with 50,000 of another list: rows read a contact | ms |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
  ]
  for (const key of ['(unfiltered)', ...filterKeyNames]) {
    const [inSmall] = await costsOf([small], filterFor(small, key))
    const [inBig, unfiltered] = await costsOf([big], filterFor(big, key), {})
    const [inBoth] = await costsOf([big, second], filterFor(big, key))
    if (!inSmall || !inBig || !unfiltered || !inBoth)
      throw new Error(`Nothing was measured of ${key}.`)
    const tables = tablesOf(filterFor(small, key))
    const own = tables.reduce((sum, table) => sum + (ownRows.get(table) ?? 0), 0)
    const smallRatio = inSmall.rowsRead / own
    const bigRatio = inBig.milliseconds / unfiltered.milliseconds
    lines.push(
      `| ${[
        key,
        inSmall.rowsRead,
        limited(smallRatio, SMALL_LIMIT),
        inSmall.milliseconds,
        inBig.selected,
        inBig.rowsRead,
        inBig.milliseconds,
        limited(bigRatio, BIG_LIMIT),
        (inBoth.rowsRead / (big.contacts + second.contacts)).toFixed(1),
        inBoth.milliseconds,
      ].join(' | ')} |`,
    )
    console.log(lines.at(-1))
  }
  report('FILTERS.md', 'filters', lines)
} finally {
  await dispose()
  rmSync(folder, { recursive: true })
}

/** A filter of one key; status and ids stand without the default that the other keys have beside them. */
function filterFor(list: BenchList, key: string): Readonly<Record<string, unknown>> {
  const values = valuesFor(list)
  if (isFilterKeyName(key) && !(key in values)) throw new Error(`No value for ${key}.`)
  return key in values ? { [key]: values[key] } : {}
}

/** A ratio, in bold where it is over its limit. */
function limited(ratio: number, limit: number): string {
  return ratio > limit ? `**${ratio.toFixed(1)}**` : ratio.toFixed(1)
}

/** What it takes to select the ids: the best of a few runs, by turns, so that all meet the same load. */
async function costsOf(lists: readonly BenchList[], ...filters: readonly unknown[]) {
  const runs: { milliseconds: number; rowsRead: number; selected: number }[][] = []
  for (let run = 0; run < RUNS; run += 1) {
    for (const [index, filter] of filters.entries()) {
      const read = readFilter(filter, TODAY)
      if ('problems' in read) throw new Error(JSON.stringify(read.problems))
      const accountListIds = lists.map(({ accountListId }) => accountListId)
      const counted = openDatabase(database)
      const startedAt = performance.now()
      let selected = 0
      const selection = { accountListIds, filter: read.filter, today: TODAY }
      for await (const page of selectedPages(counted, openSelection(selection)))
        selected += page.length
      const milliseconds = Math.round(performance.now() - startedAt)
      runs[index] = [
        ...(runs[index] ?? []),
        { milliseconds, rowsRead: counted.cost.rowsRead, selected },
      ]
    }
  }
  return runs.flatMap((ofFilter) =>
    ofFilter.toSorted((a, b) => a.milliseconds - b.milliseconds).slice(0, 1),
  )
}

/** The tables that the condition of a filter names. */
function tablesOf(filter: unknown): readonly string[] {
  const read = readFilter(filter, TODAY)
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  const condition = isWanted({ filter: read.filter, today: TODAY })
  const { sql } = new SQLiteSyncDialect().sqlToQuery(condition)
  const names = [...sql.matchAll(/"(\w+)"\./g)].map(([, name = '']) => name)
  return [...new Set(['contacts', ...names])]
}

/** How many rows each table has. */
async function rowCounts(): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>()
  for (const table of Object.values(schema)) {
    const name = getTableName(table)
    const count = await database
      .prepare(`SELECT count(*) AS number FROM ${name}`)
      .first<number>('number')
    counts.set(name, count ?? 0)
  }
  return counts
}
