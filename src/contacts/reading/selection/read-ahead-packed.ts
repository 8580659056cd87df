import { packContacts, unpackContacts, type PackedContacts } from './packed-contacts.ts'
import type { SelectedContact } from './selected-contact.ts'

/** The number of contacts that are packed and unpacked at once. */
const CONTACTS_AT_ONCE = 1000

/**
 * The contacts of a source, in chunks. When the first one is requested, the source is read to its end,
 * and its contacts wait in packed form. After each chunk of the source, other work has its turn.
 */
export async function* readAheadPacked(
  source: AsyncIterable<readonly SelectedContact[]>,
): AsyncGenerator<readonly SelectedContact[]> {
  const packs: PackedContacts[] = []
  let hasEnded = false
  let wake: (() => void) | undefined
  const read = async (): Promise<void> => {
    try {
      for await (const contacts of source) {
        for (let from = 0; from < contacts.length; from += CONTACTS_AT_ONCE) {
          packs.push(packContacts(contacts.slice(from, from + CONTACTS_AT_ONCE)))
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
      if (pack) yield unpackContacts(pack)
      else if (hasEnded) return await reading
      else await new Promise<void>((resolve) => (wake = resolve))
    }
  } finally {
    hasEnded = true
  }
}

const turnOfOthers = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))
