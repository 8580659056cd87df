import { setTimeout } from 'node:timers/promises'

/** How long processes may take to end on SIGTERM. */
const GRACE_MILLISECONDS = 3_000

/** Ends every process of a group: by SIGTERM, and after three seconds by SIGKILL. */
export async function endGroup(group: number): Promise<void> {
  const deadline = Date.now() + GRACE_MILLISECONDS
  let isThere = signalGroup(group, 'SIGTERM')
  while (isThere && Date.now() < deadline) {
    await setTimeout(50)
    isThere = signalGroup(group, 0)
  }
  if (isThere) signalGroup(group, 'SIGKILL')
}

/** @returns whether the group has a process */
function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-group, signal)
  } catch {
    return false
  }
}
