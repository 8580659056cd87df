import { createMiddleware } from 'hono/factory'
import { parseAccept, type Accept } from 'hono/utils/accept'
import { MIMEType } from 'node:util'
import { notAcceptable, unsupportedContentCoding, unsupportedMediaType } from '../errors.ts'
import { JSON_API, JSON_TYPE } from './json-api.ts'

/**
 * A client that accepts no media type of documents gets a 406 (JSON:API 1.1, server
 * responsibilities).
 */
export const requireJsonApiAccepted = createMiddleware(async (context, next) => {
  const accept = context.req.header('Accept')
  if (accept && !acceptsDocument(parseAccept(accept))) {
    throw notAcceptable(`Accept must allow ${JSON_API}, without parameters other than "profile".`)
  }
  await next()
})

const documentRanges = new Set(['*/*', 'application/*', JSON_TYPE])

/** JSON:API decides where it is named: with unknown parameters only, the response must be a 406. */
function acceptsDocument(accepted: readonly Accept[]): boolean {
  const named = accepted.filter(({ type }) => isType(type, JSON_API))
  if (named.length > 0) return named.some(({ params, q }) => q > 0 && isPlain(params))
  return accepted.some(({ type, q }) => q > 0 && documentRanges.has(type.toLowerCase()))
}

const isType = (type: string, name: string): boolean => type.toLowerCase() === name

const isPlain = (params: Accept['params']): boolean =>
  Object.keys(params).every((name) => name === 'q' || name === 'profile')

/**
 * Sends a document or an error as `application/json` to a client that prefers it to JSON:API
 * (RFC 9110, 12.5.1). The body is the same. Without a preference it is JSON:API.
 */
export const negotiateDocumentType = createMiddleware(async (context, next) => {
  await next()
  const { headers } = context.res
  if (!headers.get('Content-Type')?.startsWith(JSON_API)) return
  context.header('Vary', 'Accept', { append: true })
  const accepted = parseAccept(context.req.header('Accept') ?? '')
  if (quality(accepted, JSON_TYPE) > quality(accepted, JSON_API)) {
    context.header('Content-Type', JSON_TYPE)
  }
})

/** The quality value of a type: its own, or else that of its family, or else that of any type. */
function quality(accepted: readonly Accept[], name: typeof JSON_TYPE | typeof JSON_API): number {
  for (const range of [name, 'application/*', '*/*']) {
    const named = accepted.filter(({ type }) => isType(type, range))
    const usable = named.filter(({ params }) => name === JSON_TYPE || isPlain(params))
    if (named.length > 0) return Math.max(0, ...usable.map(({ q }) => q))
  }
  return 0
}

/** A body that is neither JSON:API nor JSON, or is compressed, is a 415. */
export const requireJsonBody = createMiddleware(async (context, next) => {
  if (!isJson(context.req.header('Content-Type'))) {
    throw unsupportedMediaType(
      `The body must be ${JSON_API}, with "charset=utf-8" or "profile" at most, ` +
        'or application/json.',
    )
  }
  const codings = context.req.header('Content-Encoding')?.split(',') ?? []
  if (codings.some((coding) => !isIdentity(coding.trim()))) throw unsupportedContentCoding()
  await next()
})

const isIdentity = (coding: string): boolean => /^(identity)?$/i.test(coding)

function isJson(contentType: string | undefined): boolean {
  const type = mimeType(contentType)
  if (type?.essence !== JSON_API && type?.essence !== JSON_TYPE) return false
  return [...type.params].every(([name, value]) =>
    name === 'charset'
      ? value.toLowerCase() === 'utf-8'
      : name === 'profile' || type.essence === JSON_TYPE,
  )
}

function mimeType(contentType: string | undefined): MIMEType | undefined {
  try {
    return new MIMEType(contentType ?? '')
  } catch {
    return undefined
  }
}

/** Whether the client accepts HTML by name, as a browser does. */
export const acceptsHtml = (accept = ''): boolean =>
  parseAccept(accept).some(({ type, q }) => type.toLowerCase() === 'text/html' && q > 0)

/** Whether it also names no type of documents, as a client of the API does. */
export const prefersHtml = (accept = ''): boolean =>
  acceptsHtml(accept) &&
  !parseAccept(accept).some(({ type, q }) => DOCUMENT_TYPES.has(type.toLowerCase()) && q > 0)

const DOCUMENT_TYPES = new Set<string>([JSON_API, JSON_TYPE])
