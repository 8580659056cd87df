import { createMiddleware } from 'hono/factory'
import { parseAccept, type Accept } from 'hono/utils/accept'
import { MIMEType } from 'node:util'
import { notAcceptable, unsupportedMediaType } from './errors.ts'
import { JSON_API } from './json-api.ts'

/** A caller who takes none of the forms that a document has gets a 406 (JSON:API 1.1, server responsibilities). */
export const answersJsonApi = createMiddleware(async (context, next) => {
  const accept = context.req.header('Accept')
  if (accept && !takesDocument(parseAccept(accept))) {
    throw notAcceptable(`Documents are ${JSON_API}, without parameters other than "profile".`)
  }
  await next()
})

const documentRanges = new Set(['*/*', 'application/*', 'application/json'])

/** Where JSON:API is named, that decides: only with parameters that are not known, it must be a 406, whatever else is taken. */
function takesDocument(accepted: readonly Accept[]): boolean {
  const taken = accepted.map(({ type, ...rest }) => ({ range: type.toLowerCase(), ...rest }))
  const named = taken.filter(({ range }) => range === JSON_API)
  if (named.length > 0) return named.some(({ params, q }) => q > 0 && isPlain(params))
  return taken.some(({ range, q }) => q > 0 && documentRanges.has(range))
}

const isPlain = (params: Accept['params']): boolean =>
  Object.keys(params).every((name) => name === 'q' || name === 'profile')

/** A body in anything but JSON:API or JSON is a 415. */
export const takesJsonApi = createMiddleware(async (context, next) => {
  if (!isJson(context.req.header('Content-Type'))) {
    throw unsupportedMediaType(
      `The body must be ${JSON_API}, with "charset=utf-8" or "profile" at most, or application/json.`,
    )
  }
  await next()
})

function isJson(contentType: string | undefined): boolean {
  const type = mimeType(contentType)
  if (type?.essence !== JSON_API && type?.essence !== 'application/json') return false
  return [...type.params].every(([name, value]) =>
    name === 'charset'
      ? value.toLowerCase() === 'utf-8'
      : name === 'profile' || type.essence === 'application/json',
  )
}

function mimeType(contentType: string | undefined): MIMEType | undefined {
  try {
    return new MIMEType(contentType ?? '')
  } catch {
    return undefined
  }
}

/** Whether a person's browser asks: it names HTML among what it takes. */
export const wantsPage = (accept = ''): boolean =>
  parseAccept(accept).some(({ type, q }) => type.toLowerCase() === 'text/html' && q > 0)
