import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-pool-workers'
import { defineConfig } from 'vitest/config'
import { warnOfNoBrowser } from './browser/installed-browser.ts'

/**
 * Where random tests begin, and how many they are. This file is read more than once: the seed is
 * drawn the first time.
 */
function randomness(name: string, usual: number) {
  const runs = Number(process.env[`${name}_RUNS`] ?? usual)
  const seed = Number((process.env[`${name}_SEED`] ??= String(Date.now() % 1_000_000)))
  return { seed, runs }
}

warnOfNoBrowser()

/**
 * Of two things that differ, the lines around the difference: not every row of a file, nor every
 * cell.
 */
const diff = { expand: false, contextLines: 2, truncateThreshold: 60 }

const inWorkerd = {
  plugins: [
    cloudflareTest(async () => ({
      wrangler: { configPath: '../wrangler.toml' },
      // Else workerd reports every stream that a test breaks on purpose as an uncaught exception.
      verbose: false,
      miniflare: {
        bindings: {
          JWT_SECRET: 'a secret that only tests know, of some length',
          RATE_LIMITS: 'off',
          MIGRATIONS: await readD1Migrations('migrations'),
        },
      },
    })),
  ],
  test: {
    name: 'workerd',
    include: ['**/*.test.ts'],
    exclude: ['browser/**', 'labels/**', 'scripts/**'],
    provide: {
      filters: randomness('FILTER', 300),
      fuzz: randomness('FUZZ', 400),
    },
    testTimeout: 30_000,
    diff,
    // A worker for each file takes longer to start than most files take to run.
    isolate: false,
    globalSetup: ['./built-fonts.ts', './key-server.ts'],
    setupFiles: ['./source-maps.ts', './set-up.ts'],
  },
}

/** Node starts a browser, and `wrangler dev` for it to call. */
const inBrowser = {
  test: {
    name: 'browser',
    include: ['browser/**/*.test.ts'],
    testTimeout: 30_000,
    diff,
    expect: { poll: { timeout: 10_000 } },
  },
}

/** What a developer's machine runs is tested where it runs. */
const inNode = {
  test: {
    name: 'node',
    include: ['labels/**/*.test.ts', 'scripts/**/*.test.ts'],
    testTimeout: 30_000,
    diff,
    globalSetup: ['./built-fonts.ts'],
  },
}

export default defineConfig({
  cacheDir: '../node_modules/.vite',
  test: {
    projects: [inWorkerd, inBrowser, inNode],
    maxWorkers: '100%',
    // What the Worker logs is of interest where a test fails.
    silent: 'passed-only',
  },
})

declare module 'vitest' {
  interface ProvidedContext {
    filters: { seed: number; runs: number }
    fuzz: { seed: number; runs: number }
  }
}
