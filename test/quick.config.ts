import { defineConfig } from 'vitest/config'
import { pureTests } from './pure-tests.ts'

/** Runs the pure parts in Node, in seconds; `npm test` runs them in workerd with all others. */
export default defineConfig({
  cacheDir: '../node_modules/.vite',
  test: {
    name: 'quick',
    include: [...pureTests()],
    setupFiles: ['./scheduler.ts'],
    isolate: false,
    silent: 'passed-only',
  },
})
