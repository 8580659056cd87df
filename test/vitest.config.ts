import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-pool-workers'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [
    cloudflareTest(async () => ({
      wrangler: { configPath: '../wrangler.toml' },
      miniflare: {
        bindings: {
          JWT_SECRET: 'a secret that only tests know',
          MIGRATIONS: await readD1Migrations('migrations'),
        },
      },
    })),
  ],
  cacheDir: '../node_modules/.vite',
  test: {
    include: ['**/*.test.ts'],
    setupFiles: ['./set-up.ts'],
  },
})
