import { createMiddleware } from 'hono/factory'
import { parseAccept, type Accept } from 'hono/utils/accept'
import { MIMEType } from 'node:util'
import { notAcceptable, unsupportedMediaType } from './errors.ts'
import { JSON_API } from './json-api.ts'

/** A caller who takes none of the forms that a document has gets a 406 (JSON:API 1.1, server responsibilities). */
export const answersJsonApi = createMiddleware(async (context, next) => {
  const accept = context.req.header('Accept')
  if (accept && !parseAccept(accept).some(takesDocument)) {
    throw notAcceptable(`Documents are ${JSON_API}, without parameters other than "profile".`)
  }
  await next()
})

const documentRanges = new Set(['*/*', 'application/*', 'application/json'])

function takesDocument({ type, params, q }: Accept): boolean {
  if (q === 0) return false
  const names = Object.keys(params).filter((name) => name !== 'q')
  const range = type.toLowerCase()
  if (range === JSON_API) return names.every((name) => name === 'profile')
  return documentRanges.has(range)
}

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
