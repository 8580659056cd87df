import { readHttpDate } from './http-date.ts'

/** What tells one state of a file from another, and how long it is. */
export type Representation = {
  /** Strong, with its quotes. */
  readonly etag: string
  /** To the second. */
  readonly lastModified: Date
  readonly bytes: number
}

/** What of a file is to be answered: all of it, one stretch of it, or none. */
export type RequestedPart =
  | { readonly status: 200 | 304 | 412 | 416 }
  | { readonly status: 206; readonly offset: number; readonly length: number }

/**
 * What a `GET` or `HEAD` asks of a file that is there, by its preconditions in the order of RFC 9110, 13.2.2, and then its
 * range, by section 14. What cannot be read is as if it were not there. Of several ranges, the whole file.
 */
export function requestedPart(
  method: string,
  headers: Headers,
  file: Representation,
): RequestedPart {
  if (!isStateWanted(headers, file)) return { status: 412 }
  if (!isNewToClient(headers, file)) return { status: 304 }
  const range = headers.get('Range')
  if (method !== 'GET' || range === null || !isRangeOfThisState(headers, file)) {
    return { status: 200 }
  }
  return partOfRange(range, file.bytes)
}

/** `If-Match`, failing that `If-Unmodified-Since` (RFC 9110, 13.1.1 and 13.1.4). */
function isStateWanted(headers: Headers, { etag, lastModified }: Representation): boolean {
  const match = headers.get('If-Match')
  if (match !== null) return match === '*' || entityTags(match).includes(etag)
  const date = readHttpDate(headers.get('If-Unmodified-Since') ?? '')
  return date === undefined || lastModified.getTime() <= date
}

/**
 * Whether a request is for a state of the file that it has seen, which a file that is not made yet cannot have. `If-Match: *`
 * is for a file in any state, and is taken to mean the new one.
 */
export function wantsEarlierState(headers: Headers): boolean {
  const match = headers.get('If-Match')
  if (match !== null) return match.trim() !== '*'
  return readHttpDate(headers.get('If-Unmodified-Since') ?? '') !== undefined
}

/** `If-None-Match`, by the weak comparison, failing that `If-Modified-Since` (RFC 9110, 13.1.2 and 13.1.3). */
function isNewToClient(headers: Headers, { etag, lastModified }: Representation): boolean {
  const noneMatch = headers.get('If-None-Match')
  if (noneMatch !== null) {
    return (
      noneMatch !== '*' && !entityTags(noneMatch).some((tag) => tag.replace(/^W\//, '') === etag)
    )
  }
  const date = readHttpDate(headers.get('If-Modified-Since') ?? '')
  return date === undefined || lastModified.getTime() > date
}

/** `If-Range`: one strong tag, or exactly the date that the file bears (RFC 9110, 13.1.5). */
function isRangeOfThisState(headers: Headers, { etag, lastModified }: Representation): boolean {
  const ifRange = headers.get('If-Range')
  return ifRange === null || ifRange === etag || readHttpDate(ifRange) === lastModified.getTime()
}

const ENTITY_TAG = String.raw`(?:W/)?"[\x21\x23-\x7e\x80-\uffff]*"`
const ENTITY_TAGS = new RegExp(
  String.raw`^[ \t,]*${ENTITY_TAG}(?:[ \t]*,[ \t,]*${ENTITY_TAG})*[ \t,]*$`,
)

/** The tags of a list, as they are written; none when it is no list of tags. */
const entityTags = (list: string): readonly string[] =>
  ENTITY_TAGS.test(list) ? [...list.matchAll(new RegExp(ENTITY_TAG, 'g'))].map(([tag]) => tag) : []

/** `bytes=0-499`, `bytes=500-`, `bytes=-500`, or a list of such (RFC 9110, 14.1.2). */
function partOfRange(header: string, bytes: number): RequestedPart {
  const specifier = /^bytes=(.*)$/i.exec(header)?.[1] ?? ''
  const specs = specifier.split(',').map((spec) => spec.trim())
  const ranges = specs.filter((spec) => spec !== '').map((spec) => readRange(spec, BigInt(bytes)))
  const [range] = ranges
  if (!range || ranges.length > 1) return { status: 200 }
  if (range.from >= range.end) return { status: 416 }
  return {
    status: 206,
    offset: Number(range.from),
    length: Number(range.end - range.from),
  }
}

/** Where a range begins and where it has ended, not past the end of the file; empty when it lies beyond. */
function readRange(spec: string, bytes: bigint): { from: bigint; end: bigint } | undefined {
  const [, first, last] = /^(\d*)-(\d*)$/.exec(spec) ?? []
  if (first === undefined || last === undefined) return undefined
  if (first === '') {
    if (last === '') return undefined
    const length = BigInt(last)
    return { from: length < bytes ? bytes - length : 0n, end: bytes }
  }
  const from = BigInt(first)
  if (last === '') return { from, end: bytes }
  const end = BigInt(last) + 1n
  if (end <= from) return undefined
  return { from, end: end < bytes ? end : bytes }
}
