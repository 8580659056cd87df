import { createMiddleware } from 'hono/factory'
import { badRequest, type Problem } from './errors.ts'

/**
 * The parameters of a query string, decoded. `URL` decodes invalid UTF-8 to U+FFFD, and leaves
 * other invalid escapes as they are. A changed value must not select other contacts.
 *
 * @throws HttpError 400 for names and values with invalid escapes
 */
export function queryParameters(url: string): URLSearchParams {
  const { search, searchParams } = new URL(url)
  const problems = search
    .slice(1)
    .split('&')
    .flatMap((pair) => faultOf(pair) ?? [])
  if (problems.length > 0) throw badRequest(...problems)
  return searchParams
}

/** Checks the query string for a route that reads no parameters. */
export const rejectMalformedQuery = createMiddleware(async (context, next) => {
  queryParameters(context.req.url)
  await next()
})

const RIGHT = 'Use UTF-8: ü is %C3%BC, a percent sign is %25.'

function faultOf(pair: string): Problem | undefined {
  const [, encodedName = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(pair) ?? []
  const name = decoded(encodedName)
  if (name === undefined) {
    const detail = `The name '${encodedName}' has an invalid escape. ${RIGHT}`
    return { detail, source: { parameter: encodedName } }
  }
  if (decoded(value) !== undefined) return undefined
  return { detail: `'${name}' has an invalid escape. ${RIGHT}`, source: { parameter: name } }
}

/** A text without its escapes; `undefined` when one is invalid. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return undefined
  }
}
