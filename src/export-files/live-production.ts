import type { Database } from '../db/client.ts'
import { endProduction, renewProduction, type Production } from '../storage/productions.ts'
import { logError } from '../log.ts'

/** How often a production shows that it is alive: well within the time after which it counts for dead. */
const RENEWAL_MILLISECONDS = 45_000

/** No query is spent on signs of life when a request has made so many. D1 answers 1,000, and the file comes first. */
const MOST_QUERIES = 900

/**
 * The same chunks, while the production of their file is on record. It stays there as long as the stream is open, also while
 * its client does not read on: such a stream does no work, but it holds memory. It goes when the stream ends, breaks, or is
 * cancelled. All of that is bookkeeping: where it fails, the file goes on.
 *
 * @param source its return value is whether the production has been ended with its last write
 */
export function liveProduction(
  source: AsyncGenerator<Uint8Array, boolean | undefined | void>,
  database: Database,
  production: Production,
) {
  let hasEnded = false

  const renew = async (): Promise<void> => {
    if (database.cost.queries > MOST_QUERIES) return
    await database
      .retry(() => renewProduction(database, production))
      .catch((error: unknown) => logError('production_not_renewed', error))
  }

  const end = async (): Promise<void> => {
    if (hasEnded) return
    hasEnded = true
    await database
      .retry(() => endProduction(database, production))
      .catch((error: unknown) => logError('production_not_ended', error))
  }

  async function* chunks(): AsyncGenerator<Uint8Array> {
    const timer = setInterval(() => void renew(), RENEWAL_MILLISECONDS)
    try {
      hasEnded = (yield* source) === true
    } finally {
      clearInterval(timer)
      await end()
    }
  }

  return { chunks: chunks(), end }
}
