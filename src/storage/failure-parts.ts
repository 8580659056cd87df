import { retry } from '../retry.ts'

/** The prefix of the objects with the refused lines of runs. The sweep removes them by their day. */
export const FAILURES_PREFIX = 'sync/'

/** Refused lines are collected up to this size, and then stored as one object. */
const PART_BYTES = 1024 * 1024

/** The run whose refused lines an object has: its id, and the time when it started. */
export type FailuresOf = { readonly id: string; readonly startedAt: string }

/** `sync/2026-11-26/<run>/`. The day comes first, so that old objects are listed first. */
const prefixOf = ({ id, startedAt }: FailuresOf): string =>
  `${FAILURES_PREFIX}${startedAt.slice(0, 10)}/${id}/`

export type FailureParts = {
  /** Adds lines, and stores them when there are enough for an object. */
  readonly add: (lines: readonly string[]) => Promise<void>
  /** Stores what has not been stored yet. */
  readonly end: () => Promise<void>
}

/**
 * Stores the refused lines of a run in objects of some size, of which one is in memory.
 *
 * @throws errors of R2 that stay
 */
export function failureParts(bucket: R2Bucket, run: FailuresOf): FailureParts {
  let pending: Uint8Array[] = []
  let bytes = 0
  let parts = 0
  const store = async (): Promise<void> => {
    if (bytes === 0) return
    const body = new Blob(pending)
    const key = `${prefixOf(run)}${String(parts).padStart(6, '0')}.ndjson`
    const content = await body.arrayBuffer()
    await retry(() =>
      bucket.put(key, content, { httpMetadata: { contentType: 'application/x-ndjson' } }),
    )
    pending = []
    bytes = 0
    parts += 1
  }
  return {
    async add(lines) {
      for (const line of lines) {
        const encoded = new TextEncoder().encode(`${line}\n`)
        pending.push(encoded)
        bytes += encoded.length
        if (bytes >= PART_BYTES) await store()
      }
    },
    end: store,
  }
}

/** The keys of the objects with the refused lines of a run, in order. */
export async function failureKeys(bucket: R2Bucket, run: FailuresOf): Promise<readonly string[]> {
  const keys: string[] = []
  let cursor: string | undefined
  do {
    const listed = await retry(() =>
      bucket.list({ prefix: prefixOf(run), ...(cursor !== undefined && { cursor }) }),
    )
    keys.push(...listed.objects.map(({ key }) => key))
    cursor = listed.truncated ? listed.cursor : undefined
  } while (cursor !== undefined)
  return keys
}

/**
 * The contents of objects, one after another.
 *
 * @throws Error when one has been removed, so that the response does not look whole
 */
export async function* contentsOf(
  bucket: R2Bucket,
  keys: readonly string[],
): AsyncGenerator<Uint8Array> {
  for (const key of keys) {
    const object = await retry(() => bucket.get(key))
    if (!object) throw new Error('Refused lines were removed while they were read.')
    yield* object.body
  }
}
