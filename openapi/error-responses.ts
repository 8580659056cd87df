import {
  badRequest,
  conflict,
  contentTooLarge,
  forbidden,
  internalServerError,
  notAcceptable,
  notFound,
  preconditionFailed,
  rangeNotSatisfiable,
  serviceUnavailable,
  tooManyRequests,
  unauthorized,
  unsupportedMediaType,
  type HttpError,
} from '../src/http/errors.ts'
import { errorDocument, JSON_API } from '../src/http/json-api/json-api.ts'
import { errorResponseSchema } from './responses.ts'
import { always, sometimes, headers as known, type HeaderName } from './headers.ts'
import { documentContent, type ResponseObject } from './operation.ts'
import { schemaRef } from './schemas.ts'

/** An example of each error, made by its constructor. */
const examples = [
  badRequest({
    detail: "'status_valid' must be true or false.",
    source: { pointer: '/data/attributes/params/filter/status_valid' },
  }),
  unauthorized('A token is needed: "Authorization: Bearer <JWT>" or "?access_token=<JWT>".'),
  forbidden({ detail: 'The link has expired. Open the export again to get a new one.' }),
  notFound({
    detail: "Resource 'ExportLog' with id '0b1ba012-c41d-4534-b1c9-f7295dec6aa5' does not exist.",
  }),
  notAcceptable(`Accept must allow ${JSON_API}, without parameters other than "profile".`),
  conflict({ detail: "The type must be 'export_logs'.", source: { pointer: '/data/type' } }),
  preconditionFailed(),
  contentTooLarge('The body must not be larger than 1 MiB.'),
  unsupportedMediaType(`The body must be ${JSON_API} or application/json.`),
  rangeNotSatisfiable({ 'Content-Range': 'bytes */389120' }),
  tooManyRequests(60),
  internalServerError('9e3b1c52f0a1d2c3'),
  serviceUnavailable('The keys of the identity provider are not available. Try again later.', 10),
]

type ErrorResponse = { readonly name: string; readonly error: HttpError }

const errorsByStatus: ReadonlyMap<number, ErrorResponse> = new Map(
  examples.map((error) => [error.status, { name: error.title.replaceAll(' ', ''), error }]),
)

const page = {
  schema: { type: 'string', description: 'A small page of the same status, for a browser.' },
}

/** The error responses, for `components`. Those of a file can be pages. */
export const errorResponseComponents = (): Readonly<Record<string, ResponseObject>> =>
  Object.fromEntries(
    Array.from(errorsByStatus.values()).flatMap(({ name, error }) => {
      const response = responseOf(error)
      const withPage = { ...response, content: { ...response.content, 'text/html': page } }
      return [
        [name, response],
        [`${name}OfFile`, withPage],
      ]
    }),
  )

function responseOf(error: HttpError): ResponseObject {
  const names = Object.keys(error.headers).filter((name) => isHeaderName(name))
  return {
    description: `${error.title}.`,
    headers: {
      ...always('Cache-Control', ...names),
      // Only where the coding of the body was wrong, not its type.
      ...(error.status === 415 && sometimes('Accept-Encoding')),
      // Only where the token lacks a scope.
      ...(error.status === 403 && sometimes('WWW-Authenticate')),
      // Only where another run is writing.
      ...(error.status === 409 && sometimes('Retry-After')),
    },
    content: documentContent(schemaRef(errorResponseSchema), errorDocument(error)),
  }
}

const isHeaderName = (name: string): name is HeaderName => Object.hasOwn(known, name)

/** The error responses of an operation, by status. */
export const errorResponses = (...statuses: readonly number[]) => refs('', statuses)

/** The same for an operation that returns a file. */
export const fileErrorResponses = (...statuses: readonly number[]) => refs('OfFile', statuses)

const refs = (suffix: string, statuses: readonly number[]) =>
  Object.fromEntries(
    statuses.map((status) => {
      const errorResponse = errorsByStatus.get(status)
      if (!errorResponse) throw new Error(`There is no example of a ${status}.`)
      return [status, { $ref: `#/components/responses/${errorResponse.name}${suffix}` }]
    }),
  )
