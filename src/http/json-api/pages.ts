import { base64url } from 'jose'
import * as z from 'zod'
import { openApiMetadata } from '../../openapi-metadata.ts'
import { badRequest } from '../errors.ts'

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

/** The position of an item in a list: the texts that the list is ordered by. */
export type Position = readonly string[]

/** Which page of a list is requested: of this size, after or before a position, or the first. */
export type RequestedPage = {
  readonly size: number
  readonly after: Position | undefined
  readonly before: Position | undefined
}

/**
 * The query parameters of a list in pages (JSON:API, cursor pagination profile).
 *
 * @param length how many texts a position has
 */
export function pageParameters(length: number) {
  const position = z.array(z.string()).length(length)
  /** A position in the list, opaque to clients. */
  const cursor = z
    .string()
    .transform((text, context) => {
      const { data } = position.safeParse(decoded(text))
      if (data) return data
      const message = 'A cursor must be one from the links of this list.'
      context.issues.push({ code: 'custom', message, input: text })
      return z.NEVER
    })
    .optional()
  return { 'page[after]': cursor, 'page[before]': cursor, 'page[size]': size }
}

/** @throws HttpError 400 when both directions are given */
export function requestedPage(query: {
  readonly 'page[after]'?: Position | undefined
  readonly 'page[before]'?: Position | undefined
  readonly 'page[size]': number
}): RequestedPage {
  const { 'page[after]': after, 'page[before]': before } = query
  if (after && before) {
    throw badRequest({
      detail: 'Use either page[after] or page[before], not both.',
      source: { parameter: 'page[before]' },
    })
  }
  return { size: query['page[size]'], after, before }
}

/** A page: the positions of its items, and whether there are items before and after it. */
export type PageOfPositions = {
  readonly positions: readonly Position[]
  readonly hasPrevious: boolean
  readonly hasNext: boolean
}

/**
 * The links from a page of a list to the previous and the next one, null if there is none.
 *
 * @param parameters the names that the links repeat; others, such as a token, are left out
 * @param ends where an empty page is, whose items were deleted: before the first and after the last
 */
export function pageLinks(
  url: string,
  parameters: readonly string[],
  { positions, hasPrevious, hasNext }: PageOfPositions,
  ends: { readonly start: Position; readonly end: Position },
) {
  const linkTo = (parameter: 'page[after]' | 'page[before]', position: Position) => {
    const link = new URL(url)
    const kept = [...link.searchParams].filter(
      ([name]) => parameters.includes(name) && !/^page\[(?:after|before)\]$/.test(name),
    )
    link.search = new URLSearchParams(kept).toString()
    link.searchParams.set(parameter, base64url.encode(JSON.stringify(position)))
    return link.href
  }
  return {
    prev: hasPrevious ? linkTo('page[before]', positions[0] ?? ends.end) : null,
    next: hasNext ? linkTo('page[after]', positions.at(-1) ?? ends.start) : null,
  }
}

function decoded(text: string): unknown {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(base64url.decode(text)))
    return value
  } catch {
    return undefined
  }
}
