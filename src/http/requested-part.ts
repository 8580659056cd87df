import { readHttpDate } from './http-date.ts'

/** The validators of a version of a file, and its length. */
export type Representation = {
  /** Strong, with quotes. */
  readonly etag: string
  /** In whole seconds. */
  readonly lastModified: Date
  readonly bytes: number
}

/** The status of the response, and which bytes of a file it has. */
export type RequestedPart =
  | { readonly status: 200 | 304 | 412 | 416 }
  | { readonly status: 206; readonly offset: number; readonly length: number }

/**
 * What a `GET` or `HEAD` requests of a file, by its preconditions in the order of RFC 9110, 13.2.2,
 * and then by its range (section 14). Invalid headers are ignored. Several ranges are the whole
 * file.
 */
export function requestedPart(
  method: string,
  headers: Headers,
  file: Representation,
): RequestedPart {
  if (!isVersionRequired(headers, file)) return { status: 412 }
  if (!isModified(headers, file)) return { status: 304 }
  const range = headers.get('Range')
  if (method !== 'GET' || range === null || !isRangeOfThisVersion(headers, file)) {
    return { status: 200 }
  }
  return requestedRange(range, file.bytes)
}

/** `If-Match`, or else `If-Unmodified-Since` (RFC 9110, 13.1.1 and 13.1.4). */
function isVersionRequired(headers: Headers, { etag, lastModified }: Representation): boolean {
  const match = headers.get('If-Match')
  if (match !== null) return match === '*' || entityTags(match).includes(etag)
  const date = readHttpDate(headers.get('If-Unmodified-Since') ?? '')
  return date === undefined || lastModified.getTime() <= date
}

/**
 * Whether a request requires a version of the file that the client has seen, which a file that does
 * not exist yet cannot have. `If-Match: *` is for any version.
 */
export function requiresEarlierVersion(headers: Headers): boolean {
  const match = headers.get('If-Match')
  if (match !== null) return match.trim() !== '*'
  return readHttpDate(headers.get('If-Unmodified-Since') ?? '') !== undefined
}

/**
 * `If-None-Match`, by weak comparison, or else `If-Modified-Since` (RFC 9110, 13.1.2 and 13.1.3).
 */
function isModified(headers: Headers, { etag, lastModified }: Representation): boolean {
  const noneMatch = headers.get('If-None-Match')
  if (noneMatch !== null) {
    return (
      noneMatch !== '*' && !entityTags(noneMatch).some((tag) => tag.replace(/^W\//, '') === etag)
    )
  }
  const date = readHttpDate(headers.get('If-Modified-Since') ?? '')
  return date === undefined || lastModified.getTime() > date
}

/** `If-Range`: a strong tag, or exactly the date of the file (RFC 9110, 13.1.5). */
function isRangeOfThisVersion(headers: Headers, { etag, lastModified }: Representation): boolean {
  const ifRange = headers.get('If-Range')
  return ifRange === null || ifRange === etag || readHttpDate(ifRange) === lastModified.getTime()
}

const ENTITY_TAG = String.raw`(?:W/)?"[\x21\x23-\x7e\x80-\uffff]*"`
const ENTITY_TAGS = new RegExp(
  String.raw`^[ \t,]*${ENTITY_TAG}(?:[ \t]*,[ \t,]*${ENTITY_TAG})*[ \t,]*$`,
)

/** The tags of a list, as they are written; none when the list is invalid. */
const entityTags = (list: string): readonly string[] =>
  ENTITY_TAGS.test(list) ? [...list.matchAll(new RegExp(ENTITY_TAG, 'g'))].map(([tag]) => tag) : []

/** `bytes=0-499`, `bytes=500-`, `bytes=-500`, or a list of them (RFC 9110, 14.1.2). */
function requestedRange(header: string, bytes: number): RequestedPart {
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

/** The start and the exclusive end of a range, within the file; empty when it starts after it. */
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
