import type { Database } from '../db/client.ts'
import { endProduction, renewProduction, type Production } from '../storage/productions.ts'
import { logError } from '../log.ts'

/** How often a production shows that it is alive: well before it counts as dead. */
const RENEWAL_MILLISECONDS = 45_000

/**
 * A request that has made this many queries spends none on a heartbeat. D1 answers 1,000 queries of
 * a request, and the file needs them more.
 */
const MOST_QUERIES = 900

/**
 * The same chunks, while the production of their file is on record. The record stays while the
 * stream is open, also while its client does not read: such a stream does no work, but it holds
 * memory. The record is removed when the stream ends, breaks or is cancelled. An error in all this
 * does not stop the file.
 *
 * @param source returns whether its last write has ended the production
 */
export function productionHeartbeat(
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
