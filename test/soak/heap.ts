import { setTimeout } from 'node:timers/promises'
import * as z from 'zod'

/** How long the inspector may take: it works only when the Worker does. */
const ANSWER_MILLISECONDS = 30_000

const reply = z.object({ id: z.number(), result: z.unknown() })
const usage = z.object({ usedSize: z.number(), backingStorageSize: z.number() })

export type Heap = {
  /** What the Worker's isolate holds after a garbage collection, in bytes. */
  readonly used: () => Promise<number>
  readonly close: () => void
}

/** The heap of the Worker of `wrangler dev`, by its inspector (Chrome DevTools Protocol). */
export async function heapAt(inspectorPort: number): Promise<Heap> {
  // The inspector wants to know which page asks; the types of browsers do not know that one may say so.
  const options = { headers: { Origin: 'http://127.0.0.1' } }
  const socket: WebSocket = Reflect.construct(WebSocket, [
    `ws://127.0.0.1:${inspectorPort}/ws`,
    options,
  ])
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve)
    socket.addEventListener('error', reject)
  })
  const waiting = new Map<number, (result: unknown) => void>()
  socket.addEventListener('message', ({ data }) => {
    const { data: answer } = reply.safeParse(JSON.parse(String(data)))
    if (answer) waiting.get(answer.id)?.(answer.result)
  })
  let count = 0
  const ask = async (method: string): Promise<unknown> => {
    count += 1
    const id = count
    const answer = new Promise<unknown>((resolve) => {
      waiting.set(id, resolve)
    })
    socket.send(JSON.stringify({ id, method }))
    const late = setTimeout(ANSWER_MILLISECONDS, undefined, { ref: false })
    const result = await Promise.race([answer, late])
    waiting.delete(id)
    return result
  }
  return {
    async used() {
      await ask('HeapProfiler.collectGarbage')
      const { usedSize, backingStorageSize } = usage.parse(await ask('Runtime.getHeapUsage'))
      return usedSize + backingStorageSize
    },
    close: () => socket.close(),
  }
}
