import { endGroup } from './end-group.ts'

/**
 * Ends a group of processes when the process that started this one is gone, even by SIGKILL: then
 * the pipe to stdin closes. Signals that are meant for that process must not end this one first.
 */
const group = Number(process.argv[2])
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)
process.stdin.once('close', () => void endGroup(group).then(() => process.exit())).resume()
