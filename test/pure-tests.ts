import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Tests of other projects, and those that take long on purpose. */
const EXCLUDED = ['browser/**', 'labels/**', 'scripts/**', '**/long-*.test.ts']

/** The test files that run in Node too: neither they nor what they import needs `cloudflare:*`. */
export const pureTests = (): readonly string[] =>
  globSync('**/*.test.ts', { cwd: import.meta.dirname, exclude: EXCLUDED }).filter(
    (file) => !needsWorkerd(join(import.meta.dirname, file), new Set()),
  )

const IMPORT = /(?:from|import) ?\(?'([^']+)'/g

function needsWorkerd(file: string, seen: Set<string>): boolean {
  if (seen.has(file)) return false
  seen.add(file)
  const specifiers = [...readFileSync(file, 'utf8').matchAll(IMPORT)].map(([, one = '']) => one)
  return specifiers.some(
    (one) =>
      one.startsWith('cloudflare:') ||
      (one.startsWith('.') && one.endsWith('.ts') && needsWorkerd(join(dirname(file), one), seen)),
  )
}
