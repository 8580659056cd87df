import { createMiddleware } from 'hono/factory'
import { badRequest, type Problem } from './errors.ts'

/**
 * The parameters of a query string, decoded. A URL decodes what is not UTF-8 to U+FFFD, and leaves other broken escapes as
 * they are: a value that changes on its way must not select other contacts.
 *
 * @throws HttpError 400 for names and values whose escapes are broken, or not UTF-8
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

/** For routes that read no parameters. */
export const rejectMalformedQuery = createMiddleware(async (context, next) => {
  queryParameters(context.req.url)
  await next()
})

const RIGHT = 'Escapes are of UTF-8: ü is %C3%BC, a percent sign is %25.'

function faultOf(pair: string): Problem | undefined {
  const [, encodedName = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(pair) ?? []
  const name = decoded(encodedName)
  if (name === undefined) {
    const detail = `The name '${encodedName}' has a broken escape. ${RIGHT}`
    return { detail, source: { parameter: encodedName } }
  }
  if (decoded(value) !== undefined) return undefined
  return { detail: `'${name}' has a broken escape. ${RIGHT}`, source: { parameter: name } }
}

/** A text without its escapes, `undefined` when they are broken. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return undefined
  }
}
