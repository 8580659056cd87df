import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-pool-workers'
import { defineConfig } from 'vitest/config'

const filters = {
  seed: Number(process.env['FILTER_SEED'] ?? Date.now() % 1_000_000),
  runs: Number(process.env['FILTER_RUNS'] ?? 300),
}
console.log(`Random filters: npm run test:filters -- --seed ${filters.seed} --runs ${filters.runs}`)

export default defineConfig({
  plugins: [
    cloudflareTest(async () => ({
      wrangler: { configPath: '../wrangler.toml' },
      miniflare: {
        bindings: {
          JWT_SECRET: 'a secret that only tests know',
          RATE_LIMITS: 'off',
          MIGRATIONS: await readD1Migrations('migrations'),
        },
      },
    })),
  ],
  cacheDir: '../node_modules/.vite',
  test: {
    include: ['**/*.test.ts'],
    provide: {
      filters,
    },
    testTimeout: 30_000,
    // What the Worker logs is of interest where a test fails.
    silent: 'passed-only',
    globalSetup: ['./key-server.ts'],
    setupFiles: ['./set-up.ts'],
  },
})

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the random filters begin, and how many they are. */
    filters: { seed: number; runs: number }
  }
}
