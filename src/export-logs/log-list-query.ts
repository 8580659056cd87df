import { base64url } from 'jose'
import * as z from 'zod'
import { list } from '../contacts/filter/values/lists.ts'
import { badRequest } from '../http/errors.ts'
import { readQuery } from '../http/json-api/json-api-query.ts'
import { openApiMetadata } from '../openapi-metadata.ts'
import type { LogListing, LogPage, LogPosition } from './list-logs.ts'
import { documentQuery, showsParams, type DocumentQuery } from './log-document.ts'

const PAGE_SIZE = 25
const MAXIMUM_PAGE_SIZE = 100

const sizeError = { error: `The page size must be from 1 to ${MAXIMUM_PAGE_SIZE}.` }
const size = z
  .string()
  .regex(/^\d{1,9}$/, sizeError)
  .transform(Number)
  .pipe(z.number().min(1, sizeError).max(MAXIMUM_PAGE_SIZE, sizeError))
  .default(PAGE_SIZE)
  .register(openApiMetadata, {
    schema: { type: 'integer', minimum: 1, maximum: MAXIMUM_PAGE_SIZE, default: PAGE_SIZE },
  })

/** A position in the list, opaque to clients. */
const cursor = z
  .string()
  .transform((text, context) => {
    const { data } = position.safeParse(decoded(text))
    if (data) return { createdAt: data[0], id: data[1] }
    const message = 'A cursor must be one from the links of this list.'
    context.issues.push({ code: 'custom', message, input: text })
    return z.NEVER
  })
  .optional()

const position = z.tuple([z.string(), z.string()])

/** The query parameters of the list of logs. */
export const listQuery = {
  ...documentQuery,
  'filter[type]': list.optional(),
  'page[after]': cursor,
  'page[before]': cursor,
  'page[size]': size,
}

/**
 * Reads which of the caller's logs to list (JSON:API, cursor pagination profile), and which members
 * to show.
 *
 * @throws HttpError 400
 */
export function readListQuery(url: string): {
  readonly listing: Omit<LogListing, 'userId'>
  readonly query: DocumentQuery
} {
  const query = readQuery(url, listQuery)
  const { 'page[after]': after, 'page[before]': before } = query
  if (after && before) {
    throw badRequest({
      detail: 'Use either page[after] or page[before], not both.',
      source: { parameter: 'page[before]' },
    })
  }
  const listing = {
    types: query['filter[type]'],
    size: query['page[size]'],
    withParams: showsParams(query),
    after,
    before,
  }
  return { listing, query }
}

/**
 * The position of an empty page, whose logs were deleted: before or after all times, compared as
 * strings.
 */
const START: LogPosition = { createdAt: '~', id: '' }
const END: LogPosition = { createdAt: '', id: '' }

/** The links from a page of the list to the previous and the next one, null if there is none. */
export function pageLinks(url: string, { logs, hasNewer, hasOlder }: LogPage) {
  const linkTo = (parameter: 'page[after]' | 'page[before]', log: LogPosition) => {
    const link = new URL(url)
    const kept = [...link.searchParams].filter(([name]) => isAboutThePage(name))
    link.search = new URLSearchParams(kept).toString()
    link.searchParams.set(parameter, base64url.encode(JSON.stringify([log.createdAt, log.id])))
    return link.href
  }
  return {
    prev: hasNewer ? linkTo('page[before]', logs[0] ?? END) : null,
    next: hasOlder ? linkTo('page[after]', logs.at(-1) ?? START) : null,
  }
}

/** Neither the position of the page itself, nor unknown parameters, such as a token. */
const isAboutThePage = (parameter: string): boolean =>
  Object.hasOwn(listQuery, parameter) && parameter !== 'page[after]' && parameter !== 'page[before]'

function decoded(text: string): unknown {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(base64url.decode(text)))
    return value
  } catch {
    return undefined
  }
}
