import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { HttpError } from '../errors.ts'

export const JSON_API = 'application/vnd.api+json'

/** The same documents, for clients that know no other type. */
export const JSON_TYPE = 'application/json'

/**
 * A JSON:API 1.1 document as a response. It depends on the user and the time, so that no cache
 * stores it.
 */
export function documentResponse(
  status: ContentfulStatusCode,
  document: object,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const body = new TextEncoder().encode(JSON.stringify(document))
  return new Response(body, {
    status,
    headers: {
      'Content-Length': String(body.length),
      'Content-Type': `${JSON_API}; charset=utf-8`,
      'Cache-Control': 'no-store',
      ...headers,
    },
  })
}

/** An error as a JSON:API document, with an entry for each problem. */
export const errorDocument = ({ status, title, problems }: HttpError) => ({
  errors: problems.map((problem) => ({ status: String(status), title, ...problem })),
})

export const errorResponse = (error: HttpError): Response =>
  documentResponse(error.status, errorDocument(error), error.headers)
