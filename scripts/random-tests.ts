import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'

/**
 * Tests of random cases, as many as one likes, from a seed on: `npm run fuzz -- --seed S --runs N` makes requests of every
 * kind, `npm run test:filters -- --seed S --runs N` compares filters with the naive evaluator.
 */
const kinds = {
  fuzz: { files: 'fuzz', variable: 'FUZZ', usual: '10000' },
  filters: { files: 'random-filters', variable: 'FILTER', usual: '1000' },
}

const { values, positionals } = parseArgs({
  options: { seed: { type: 'string' }, runs: { type: 'string' } },
  allowPositionals: true,
})
const { files, variable, usual } = positionals[0] === 'filters' ? kinds.filters : kinds.fuzz
const { status } = spawnSync('vitest', ['run', '--root', 'test', files], {
  env: {
    ...process.env,
    ...(values.seed && { [`${variable}_SEED`]: values.seed }),
    [`${variable}_RUNS`]: values.runs ?? usual,
  },
  stdio: 'inherit',
})
process.exitCode = status ?? 1
