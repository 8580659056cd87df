/**
 * The chunks of a source, which is read to its end at once, whenever they are wanted. Texts wait joined into one, which takes a
 * third of the memory; a text must not hold a comma. Between two chunks others have their turn.
 */
export async function* readAhead(
  source: AsyncGenerator<readonly string[]>,
): AsyncGenerator<readonly string[]> {
  const chunks: string[] = []
  let hasEnded = false
  let wake: (() => void) | undefined
  const read = async (): Promise<void> => {
    try {
      for await (const texts of source) {
        if (texts.length > 0) chunks.push(texts.join(','))
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
  // A fault is met where the next chunk is wanted: long after it happened, or never.
  void Promise.allSettled([reading])
  try {
    for (;;) {
      const chunk = chunks.shift()
      if (chunk !== undefined) yield chunk.split(',')
      else if (hasEnded) return await reading
      else await new Promise<void>((resolve) => (wake = resolve))
    }
  } finally {
    hasEnded = true
  }
}

const turnOfOthers = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))
