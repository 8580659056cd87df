import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'

/** Parts of the reading of contacts, which no other room composes. */
const READING_PARTS = [
  'src/contacts/reading/access-check.ts',
  'src/contacts/reading/rows',
  'src/contacts/reading/selection',
] as const

/** Parts of a filter that other rooms use too: how JSON is read, and the names of the keys. */
const FILTER_PARTS = ['src/contacts/filter/values', 'src/contacts/filter/keys'] as const

/** What a filter is made of after its keys, in order: each may import the earlier ones. */
const FILTER_STAGES = ['filter.ts', 'compile.ts', 'read-filter.ts'].map(
  (file) => `src/contacts/filter/${file}`,
)

/** What each room of `src` may import, besides its own files and the settings. */
const ALLOWED = {
  'src/db': [],
  'src/streams': [],
  'src/settings': [],
  'src/http': ['src/db', 'src/streams', 'hono'],
  'src/console': ['src/http', 'hono'],
  'src/auth': ['src/http', 'src/db', 'src/streams', 'hono'],
  'src/formats': ['src/streams'],
  'src/storage': ['src/http', 'src/db', 'src/streams'],
  'src/contacts': ['src/contacts/postal'],
  'src/contacts/postal': ['src/contacts'],
  'src/contacts/filter/values': ['src/contacts'],
  'src/contacts/filter/keys': [
    'src/contacts/filter/values',
    'src/contacts',
    'src/contacts/postal',
    'src/db',
    'src/streams',
  ],
  'src/contacts/filter': [
    ...FILTER_PARTS,
    'src/contacts',
    'src/contacts/postal',
    'src/db',
    'src/streams',
  ],
  'src/contacts/reading': [
    ...READING_PARTS,
    'src/contacts',
    'src/contacts/postal',
    'src/contacts/filter',
    ...FILTER_PARTS,
    'src/db',
    'src/streams',
  ],
  'src/contacts/writing': ['src/contacts', 'src/db', 'src/streams'],
  'src/sync': [
    'src/contacts/writing',
    'src/storage',
    'src/auth',
    'src/http',
    'src/db',
    'src/streams',
    'hono',
  ],
  'src/export-logs': [
    'src/contacts',
    'src/contacts/postal',
    'src/contacts/filter',
    ...FILTER_PARTS,
    'src/contacts/reading',
    'src/storage',
    'src/formats',
    'src/auth',
    'src/http',
    'src/db',
    'src/streams',
    'hono',
  ],
  'src/export-files': [
    'src/export-logs',
    'src/contacts',
    'src/contacts/postal',
    'src/contacts/filter',
    ...FILTER_PARTS,
    'src/contacts/reading',
    'src/storage',
    'src/formats',
    'src/auth',
    'src/http',
    'src/db',
    'src/streams',
    'hono',
  ],
  'src/filter-values': [
    'src/export-logs',
    'src/contacts',
    'src/contacts/postal',
    'src/contacts/filter',
    ...FILTER_PARTS,
    'src/contacts/reading',
    'src/formats',
    'src/auth',
    'src/http',
    'src/db',
    'src/streams',
    'src/saved-filters',
    'hono',
  ],
  'src/saved-filters': [
    'src/export-logs',
    'src/contacts',
    'src/contacts/postal',
    'src/contacts/filter',
    ...FILTER_PARTS,
    'src/contacts/reading',
    'src/formats',
    'src/auth',
    'src/http',
    'src/db',
    'src/streams',
    'src/filter-values',
    'hono',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>

type Import = { readonly file: string; readonly target: string; readonly isAllowed: boolean }

/** Other rooms, parts of the reading and of the filter, the app, the OpenAPI document and Hono. */
const TARGETS: readonly string[] = [
  ...Object.keys(ALLOWED),
  ...READING_PARTS,
  ...FILTER_STAGES,
  'src/app.ts',
  'openapi',
  'hono',
]

/** Every room with every target. */
const importsOfRooms = Object.entries(ALLOWED).flatMap(([room, allowed]): Import[] =>
  TARGETS.filter((target) => target !== 'src/settings' && !isSameRoom(room, target)).map(
    (target) => ({
      file: `${room}/${target.replaceAll(/\W/g, '-')}.ts`,
      target,
      isAllowed: allowed.some((one) => one === roomOf(target)),
    }),
  ),
)

/** Each stage of a filter with the next one, on which it must not depend. */
const importsOfStages = FILTER_STAGES.slice(0, -1).map((file, index): Import => ({
  file,
  target: FILTER_STAGES[index + 1] ?? '',
  isAllowed: false,
}))

const imports: readonly Import[] = [...importsOfRooms, ...importsOfStages]

function roomOf(target: string): string {
  return FILTER_STAGES.includes(target) ? 'src/contacts/filter' : target
}

/** The folder of the filter itself holds its stages alone, which are targets by their names. */
function isSameRoom(room: string, target: string): boolean {
  if (target === 'src/contacts/filter') return room.startsWith(target)
  return room === roomOf(target)
}

const report = z.object({
  diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })),
})

let folder = ''
let refused: ReadonlySet<string> = new Set()

/**
 * One run of the linter on a folder with a file for each import. Types are not needed for this
 * rule.
 */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rooms-'))
  const text = readFileSync(join(import.meta.dirname, '../../.oxlintrc.json'), 'utf8')
  const config = { ...z.record(z.string(), z.unknown()).parse(JSON.parse(text)), options: {} }
  writeFileSync(join(folder, '.oxlintrc.json'), JSON.stringify(config))
  for (const { file, target } of imports) {
    mkdirSync(join(folder, dirname(file)), { recursive: true })
    writeFileSync(join(folder, file), `export { thing } from '${specifier(file, target)}'\n`)
  }
  const { stdout } = spawnSync('oxlint', ['--format', 'json'], { cwd: folder, encoding: 'utf8' })
  refused = new Set(
    report
      .parse(JSON.parse(stdout))
      .diagnostics.filter(({ code }) => code.includes('no-restricted-imports'))
      .map(({ filename }) => filename),
  )
})

afterAll(() => rmSync(folder, { recursive: true }))

function specifier(file: string, target: string): string {
  if (target === 'hono') return target
  const path = relative(dirname(file), target.endsWith('.ts') ? target : `${target}/thing.ts`)
  return path.startsWith('.') ? path : `./${path}`
}

describe('the linter', () => {
  it.each(imports.filter(({ isAllowed }) => !isAllowed))('refuses $file', ({ file }) => {
    expect(refused).toContain(file)
  })

  it.each(imports.filter(({ isAllowed }) => isAllowed))('accepts $file', ({ file }) => {
    expect(refused).not.toContain(file)
  })
})
