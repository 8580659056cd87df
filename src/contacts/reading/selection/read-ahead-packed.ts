import { packIds, unpackIds, type PackedIds } from './packed-ids.ts'

/** The number of ids that are packed and unpacked at once. */
const IDS_OF_A_PACK = 1000

/**
 * The ids of a source, in chunks. When the first one is requested, the source is read to its end,
 * and its ids wait in packed form. After each chunk of the source, other work has its turn.
 */
export async function* readAheadPacked(
  source: AsyncIterable<readonly string[]>,
): AsyncGenerator<readonly string[]> {
  const packs: PackedIds[] = []
  let hasEnded = false
  let wake: (() => void) | undefined
  const read = async (): Promise<void> => {
    try {
      for await (const ids of source) {
        for (let from = 0; from < ids.length; from += IDS_OF_A_PACK) {
          packs.push(packIds(ids.slice(from, from + IDS_OF_A_PACK)))
        }
        wake?.()
        await turnOfOthers()
        if (hasEnded) return
      }
    } finally {
      hasEnded = true
      wake?.()
    }
  }
  const reading = read()
  // An error is thrown where the next chunk is requested, which may be much later, or never.
  void Promise.allSettled([reading])
  try {
    for (;;) {
      const pack = packs.shift()
      if (pack) yield unpackIds(pack)
      else if (hasEnded) return await reading
      else await new Promise<void>((resolve) => (wake = resolve))
    }
  } finally {
    hasEnded = true
  }
}

const turnOfOthers = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))
