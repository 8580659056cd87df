import type { Database } from '../../../db/client.ts'
import { logError } from '../../../log.ts'
import type { AccessCheck } from '../access-check.ts'
import { TEXT_BYTES } from './read-long-texts.ts'
import type { Faults } from './read-despite-faults.ts'

/** What the statements that read the contacts of a file share. */
export type Reading = {
  readonly database: Database
  readonly access: AccessCheck
  readonly faults: Readonly<Record<'rows' | 'marks' | 'names' | 'texts', Faults>>
  /** A text with more bytes is cut. */
  readonly textBytes: number
  /** Called with the ids of contacts that cannot be read as they are stored. */
  readonly failed: (contactIds: readonly string[], error: unknown) => void
}

/** @param options.exportLogId the log of the file, for events of contacts that cannot be read */
export const newReading = (
  database: Database,
  access: AccessCheck,
  {
    exportLogId,
    textBytes = TEXT_BYTES,
  }: { readonly exportLogId?: string; readonly textBytes?: number } = {},
): Reading => ({
  database,
  access,
  textBytes,
  faults: { rows: { count: 0 }, marks: { count: 0 }, names: { count: 0 }, texts: { count: 0 } },
  failed: ([contactId, ...others], error) => {
    if (others.length === 0) logError('contact_not_read', error, { contactId, exportLogId })
    else {
      logError('contacts_not_read', error, { contactIds: [contactId, ...others], exportLogId })
    }
  },
})
