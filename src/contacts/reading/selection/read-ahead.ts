import { compactIds, type CompactIds } from './compact-ids.ts'

/**
 * Reads a source of ids to its end at once, whenever they are wanted. Until then they are compact.
 * Other requests have their turn between two chunks.
 */
export async function* readAhead(
  source: AsyncGenerator<readonly string[]>,
): AsyncGenerator<readonly string[]> {
  const chunks: CompactIds[] = []
  let hasEnded = false
  let wake: (() => void) | undefined
  const read = async (): Promise<void> => {
    try {
      for await (const ids of source) {
        if (ids.length > 0) chunks.push(compactIds(ids))
        wake?.()
        await yieldToRequests()
        if (hasEnded) return
      }
    } finally {
      hasEnded = true
      wake?.()
    }
  }
  const reading = read()
  // An error is thrown where the next chunk is wanted: long after it happened, or never.
  void Promise.allSettled([reading])
  try {
    for (;;) {
      const chunk = chunks.shift()
      if (chunk) yield chunk.slice(0, chunk.length)
      else if (hasEnded) return await reading
      else await new Promise<void>((resolve) => (wake = resolve))
    }
  } finally {
    hasEnded = true
  }
}

const yieldToRequests = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))
