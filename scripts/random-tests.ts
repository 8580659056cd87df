import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'

/**
 * Runs tests of random cases, from a seed: `npm run fuzz -- --seed S --runs N` makes requests of
 * every kind, `npm run test:filters -- --seed S --runs N` compares filters with the naive
 * evaluator.
 */
const kinds = {
  fuzz: { script: 'fuzz', files: 'fuzz', variable: 'FUZZ', usual: '10000' },
  filters: { script: 'test:filters', files: 'random-filters', variable: 'FILTER', usual: '1000' },
}

const { values, positionals } = parseArgs({
  options: { seed: { type: 'string' }, runs: { type: 'string' } },
  allowPositionals: true,
})
const { script, files, variable, usual } = positionals[0] === 'filters' ? kinds.filters : kinds.fuzz
const seed = values.seed ?? String(Date.now() % 1_000_000)
const runs = values.runs ?? usual
console.log(`npm run ${script} -- --seed ${seed} --runs ${runs}`)
const { status } = spawnSync('vitest', ['run', '--root', 'test', files], {
  env: { ...process.env, [`${variable}_SEED`]: seed, [`${variable}_RUNS`]: runs },
  stdio: 'inherit',
})
process.exitCode = status ?? 1
