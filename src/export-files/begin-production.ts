import { sql } from 'drizzle-orm'
import type { contactReading, FirstResults } from '../contacts/reading/read-contacts.ts'
import type { Database } from '../db/client.ts'
import { logError } from '../log.ts'
import { isTransient } from '../retry.ts'
import { claimFile } from '../storage/file-claims.ts'
import type { FileName } from '../storage/object-key.ts'
import {
  admitProduction,
  forgetDeadProductions,
  isAdmitted,
  type Production,
} from '../storage/productions.ts'

type Beginning = {
  readonly production: Production
  /** How many files the user may have in production, including this one; any number without it. */
  readonly mostProductions: number | undefined
  readonly name: FileName
  /** Whether the file may be kept, unless another request does so already. */
  readonly mayKeep: boolean
  readonly reading: ReturnType<typeof contactReading>
}

/** What is known when a production has begun. */
type Begun = {
  readonly isAdmitted: boolean
  /** Whether the production keeps its file. */
  readonly isClaimed: boolean
  /** None if the first contacts could not be read together with the claim. */
  readonly firstResults?: FirstResults
}

/**
 * Admits a production, claims its file and reads its first contacts, in one call. A refused
 * production reads none. If the call fails because of what is read, the first contacts are left to
 * the file.
 */
export async function beginProduction(
  database: Database,
  { production, mostProductions, name, mayKeep, reading }: Beginning,
): Promise<Begun> {
  const claim = () =>
    [
      forgetDeadProductions(database, production.userId),
      admitProduction(database, production, mostProductions),
      claimFile(
        database,
        name,
        production.id,
        mayKeep ? isAdmitted(database, production) : sql`false`,
      ),
    ] as const
  try {
    const [, admitted, claimed, ...firstResults] = await database.retry(() =>
      database.batch([...claim(), ...reading.firstStatements(isAdmitted(database, production))]),
    )
    return { isAdmitted: admitted.length > 0, isClaimed: claimed.length > 0, firstResults }
  } catch (error) {
    if (isTransient(error)) throw error
    logError('first_contacts_not_read', error)
    const [, admitted, claimed] = await database.retry(() => database.batch(claim()))
    return { isAdmitted: admitted.length > 0, isClaimed: claimed.length > 0 }
  }
}
