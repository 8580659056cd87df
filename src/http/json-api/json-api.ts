import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { HttpError } from '../errors.ts'

export const JSON_API = 'application/vnd.api+json'

/** What a document may also be called, for clients that know no other type. */
export const JSON_TYPE = 'application/json'

/** A JSON:API 1.1 document as a response. Documents are about one caller and one moment: nobody stores them. */
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

/** An error as a JSON:API document: an entry for each thing that is wrong. */
export const errorDocument = ({ status, title, problems }: HttpError) => ({
  errors: problems.map((problem) => ({ status: String(status), title, ...problem })),
})

export const errorResponse = (error: HttpError): Response =>
  documentResponse(error.status, errorDocument(error), error.headers)
