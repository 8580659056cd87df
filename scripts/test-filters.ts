import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'

/** Random filters against the naive evaluator, as many as one likes: `npm run test:filters -- --seed S --runs N`. */
const { values } = parseArgs({ options: { seed: { type: 'string' }, runs: { type: 'string' } } })
const { status } = spawnSync('vitest', ['run', '--root', 'test', 'random-filters'], {
  env: {
    ...process.env,
    ...(values.seed && { FILTER_SEED: values.seed }),
    FILTER_RUNS: values.runs ?? '1000',
  },
  stdio: 'inherit',
})
process.exitCode = status ?? 1
