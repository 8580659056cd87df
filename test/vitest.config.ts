import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-pool-workers'
import { defineConfig } from 'vitest/config'
import { warnOfNoBrowser } from './browser/installed-browser.ts'

/** Where random tests begin, and how many they are; what was drawn is printed, so that it can be had again. */
function randomness(script: string, name: string, usual: number) {
  const runs = Number(process.env[`${name}_RUNS`] ?? usual)
  // This file is read more than once.
  const drawn = process.env[`${name}_SEED`]
  const seed = Number((process.env[`${name}_SEED`] ??= String(Date.now() % 1_000_000)))
  if (drawn === undefined) console.log(`npm run ${script} -- --seed ${seed} --runs ${runs}`)
  return { seed, runs }
}

warnOfNoBrowser()

const inWorkerd = {
  plugins: [
    cloudflareTest(async () => ({
      wrangler: { configPath: '../wrangler.toml' },
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
    exclude: ['browser/**', 'scripts/**'],
    provide: {
      filters: randomness('test:filters', 'FILTER', 300),
      fuzz: randomness('fuzz', 'FUZZ', 400),
    },
    testTimeout: 30_000,
    // A worker for each file takes longer to start than most files take to run.
    isolate: false,
    globalSetup: ['./key-server.ts'],
    setupFiles: ['./set-up.ts'],
  },
}

/** Node starts a browser, and `wrangler dev` for it to call. */
const inBrowser = {
  test: {
    name: 'browser',
    include: ['browser/**/*.test.ts'],
    testTimeout: 30_000,
    expect: { poll: { timeout: 10_000 } },
  },
}

/** What a developer's machine runs is tested where it runs. */
const inNode = { test: { name: 'node', include: ['scripts/**/*.test.ts'] } }

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
