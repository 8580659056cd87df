import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { endGroup } from './end-group.ts'

const WATCHER = fileURLToPath(import.meta.resolve('./watcher.ts'))

/** Wrangler asks no questions, sends no metrics and needs no network. */
const environment = {
  ...process.env,
  CI: 'true',
  WRANGLER_SEND_METRICS: 'false',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
}

export type RunningGroup = {
  /** Its output so far. */
  readonly output: () => string
  /** Prints its output from now on. */
  readonly show: () => void
  /** Adds a listener that is called after each chunk of output. */
  readonly onOutput: (listener: () => void) => void
  /** Its exit code; 1 when a signal ended it. */
  readonly exited: Promise<number>
  /** Ends it and all processes that it has started. */
  readonly end: () => Promise<void>
}

/**
 * Runs a command in a separate process group. The whole group ends when the command ends, when
 * `end` is called, and when this process ends for any reason.
 */
export function runGroup(command: string, words: readonly string[]): RunningGroup {
  const child = spawn(command, words, {
    detached: true,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const { pid } = child
  const watcher =
    pid === undefined
      ? undefined
      : spawn(process.execPath, [WATCHER, String(pid)], {
          detached: true,
          stdio: ['pipe', 'ignore', 'ignore'],
        })
  let output = ''
  let isShown = false
  const listeners: (() => void)[] = []
  const take = (chunk: Buffer) => {
    if (isShown) process.stdout.write(chunk)
    else output += chunk.toString()
    for (const listener of listeners) listener()
  }
  child.stdout.on('data', take)
  child.stderr.on('data', take)
  const end = async () => {
    if (pid !== undefined) await endGroup(pid)
    watcher?.kill('SIGKILL')
  }
  const exited = new Promise<number>((resolve) => {
    child.once('error', (error) => {
      output += error.message
      resolve(1)
    })
    child.once('exit', (code) => resolve(code ?? 1))
  }).then(async (code) => {
    await end()
    return code
  })
  return {
    output: () => output,
    show: () => {
      isShown = true
    },
    onOutput: (listener) => listeners.push(listener),
    exited,
    end,
  }
}
