import { endGroup } from './end-group.ts'

/**
 * Ends a group of processes when the process that started this one ends, even by SIGKILL: the pipe
 * to stdin closes then. Signals for that process must not end this one first.
 */
const group = Number(process.argv[2])
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)
process.stdin.once('close', () => void endGroup(group).then(() => process.exit())).resume()
