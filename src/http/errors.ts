import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** The place of the problem in the request (JSON:API 1.1, error objects). */
type ErrorSource =
  | { readonly pointer: string }
  | { readonly parameter: string }
  | { readonly header: string }

/** What is wrong, where, and what would be right. */
export type Problem = { readonly detail: string; readonly source?: ErrorSource }

/** The most problems that a response lists. */
export const MOST_PROBLEMS = 20

/** The most characters that a response repeats of what the client has sent. */
const QUOTED_LENGTH = 100
const DETAIL_LENGTH = 1000
const SOURCE_LENGTH = 300

/** The one error of the HTTP layer: thrown anywhere in it, rendered by the app's error handler. */
export class HttpError extends Error {
  readonly status: ContentfulStatusCode
  readonly title: string
  readonly problems: readonly Problem[]
  readonly headers: Readonly<Record<string, string>>
  /** What a person can do, where it does not follow from the status. */
  readonly advice: string | undefined

  constructor(
    status: ContentfulStatusCode,
    title: string,
    problems: readonly Problem[],
    headers: Readonly<Record<string, string>> = {},
    advice?: string,
  ) {
    const listed = problems.slice(0, MOST_PROBLEMS).map(shortened)
    super(listed.map(({ detail }) => detail).join(' '))
    this.status = status
    this.title = title
    this.problems = listed
    this.headers = headers
    this.advice = advice
  }
}

/** The problem, with long quotes cut off. */
function shortened({ detail, source }: Problem): Problem {
  const short = cut(detail.replace(LONG_QUOTE, "'$1…'"), DETAIL_LENGTH)
  return source ? { detail: short, source: shortenedSource(source) } : { detail: short }
}

const LONG_QUOTE = new RegExp(`'([^']{${QUOTED_LENGTH}})[^']+'`, 'g')

function shortenedSource(source: ErrorSource): ErrorSource {
  if ('pointer' in source) return { pointer: cut(source.pointer, SOURCE_LENGTH) }
  return 'parameter' in source ? { parameter: cut(source.parameter, SOURCE_LENGTH) } : source
}

const cut = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length).replace(/[\ud800-\udbff]$/, '')}…` : text

export const badRequest = (...problems: readonly Problem[]) =>
  new HttpError(400, 'Bad Request', problems)

/** RFC 6750: the challenge names the scheme. */
export const unauthorized = (detail: string) =>
  new HttpError(401, 'Unauthorized', [{ detail }], { 'WWW-Authenticate': 'Bearer' })

export const forbidden = (problem: Problem) => new HttpError(403, 'Forbidden', [problem])

/** The token is valid, and may not do this (RFC 6750, 3.1). */
export const insufficientScope = (detail: string) =>
  new HttpError(403, 'Forbidden', [{ detail }], {
    'WWW-Authenticate': 'Bearer error="insufficient_scope"',
  })

export const notFound = (problem: Problem, advice?: string) =>
  new HttpError(404, 'Not Found', [problem], {}, advice)

/** RFC 9110, 15.5.6: the response lists the allowed methods. */
export const methodNotAllowed = (method: string, allowed: readonly string[]) =>
  new HttpError(
    405,
    'Method Not Allowed',
    [{ detail: `${method} is not allowed here. The path accepts ${allowed.join(', ')}.` }],
    { Allow: allowed.join(', ') },
  )

export const notAcceptable = (detail: string) =>
  new HttpError(406, 'Not Acceptable', [{ detail, source: { header: 'Accept' } }])

export const conflict = (...problems: readonly Problem[]) =>
  new HttpError(409, 'Conflict', problems)

export const contentTooLarge = (detail: string) =>
  new HttpError(413, 'Content Too Large', [{ detail }])

export const unsupportedMediaType = (detail: string) =>
  new HttpError(415, 'Unsupported Media Type', [{ detail, source: { header: 'Content-Type' } }])

/** @param accepted the codings that the response lists (RFC 9110, 15.5.16) */
export const unsupportedContentCoding = (
  detail = 'The body must not be compressed. Send it without Content-Encoding.',
  accepted = 'identity',
) =>
  new HttpError(
    415,
    'Unsupported Media Type',
    [{ detail, source: { header: 'Content-Encoding' } }],
    { 'Accept-Encoding': accepted },
  )

/** The file has changed since the version that the client requires (RFC 9110, 15.5.13). */
export const preconditionFailed = () =>
  new HttpError(412, 'Precondition Failed', [
    { detail: 'The file is not the version that the preconditions require.' },
  ])

/** @param headers with the length of the file (RFC 9110, 15.5.17) */
export const rangeNotSatisfiable = (headers: Readonly<Record<string, string>>) =>
  new HttpError(
    416,
    'Range Not Satisfiable',
    [{ detail: 'The range starts after the end of the file.', source: { header: 'Range' } }],
    headers,
  )

/** RFC 6585, 4. */
export const tooManyRequests = (
  seconds: number,
  detail = `Too many requests. Try again in ${seconds} seconds.`,
) => new HttpError(429, 'Too Many Requests', [{ detail }], { 'Retry-After': String(seconds) })

/** An unexpected error. The detail has only the id of the request, which is in our log too. */
export const internalServerError = (requestId: string) =>
  new HttpError(500, 'Internal Server Error', [
    { detail: `Something went wrong on our side. Request ${requestId} is in our log.` },
  ])

/** RFC 9110, 15.6.4: something that we need is not available. */
export const serviceUnavailable = (detail: string, retrySeconds: number) =>
  new HttpError(503, 'Service Unavailable', [{ detail }], { 'Retry-After': String(retrySeconds) })
