import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'

/** Random requests of every kind, as many as one likes: `npm run fuzz -- --seed S --runs N`. */
const { values } = parseArgs({ options: { seed: { type: 'string' }, runs: { type: 'string' } } })
const { status } = spawnSync('vitest', ['run', '--root', 'test', 'fuzz'], {
  env: {
    ...process.env,
    ...(values.seed && { FUZZ_SEED: values.seed }),
    FUZZ_RUNS: values.runs ?? '10000',
  },
  stdio: 'inherit',
})
process.exitCode = status ?? 1
