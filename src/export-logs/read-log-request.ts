import { depthOf } from '../contacts/filter/values/json-values.ts'
import { badRequest, conflict, type Problem } from '../http/errors.ts'
import { logRequestSchema } from './log-request-schema.ts'
import { PARAMS_DEPTH, paramsSchema, type LogParams } from './log-params.ts'
import { documentProblems } from './document-problems.ts'
import { parsedBody } from './parsed-body.ts'
import { refuseLargeParams } from './refuse-large-params.ts'

/** The request of a client for a new log. */
export type LogRequest = {
  /** The id that a client has generated, for example offline. */
  readonly id: string | undefined
  readonly params: LogParams
  readonly createdAt: string | undefined
  readonly updatedAt: string | undefined
  /** The user that the document names. */
  readonly userId: string | undefined
}

/** The params are inside the attributes, the data and the document. */
const DOCUMENT_DEPTH = PARAMS_DEPTH + 3

/**
 * Reads the body of a `POST` (JSON:API 1.1, creating resources).
 *
 * @param today the UTC day of the export, `2022-01-12`
 * @throws HttpError 400 for an invalid document, 409 for a wrong type or a misplaced id
 */
export function readLogRequest(body: ArrayBuffer, today: string): LogRequest {
  const document = parsedBody(body)
  const { data, error } = logRequestSchema(paramsSchema(today)).safeParse(document)
  if (error) throw badRequest(...error.issues.flatMap(documentProblems))
  if (depthOf(document) > DOCUMENT_DEPTH) {
    throw badRequest({ detail: `The body must not be nested deeper than ${DOCUMENT_DEPTH}.` })
  }
  const { type, id, attributes, relationships } = data.data
  if (attributes?.params) refuseLargeParams(attributes.params.sent)
  const conflicts: Problem[] = []
  if (type !== 'export_logs') {
    conflicts.push({ detail: "The type must be 'export_logs'.", source: { pointer: '/data/type' } })
  }
  if (attributes && 'id' in attributes) {
    const source = { pointer: '/data/attributes/id' }
    conflicts.push({ detail: 'The id belongs beside the attributes, at /data/id.', source })
  }
  if (conflicts.length > 0) throw conflict(...conflicts)
  return {
    id,
    params: attributes?.params ?? paramsSchema(today).parse({}),
    createdAt: attributes?.created_at ?? undefined,
    updatedAt: attributes?.updated_at ?? undefined,
    userId: relationships?.user?.data.id,
  }
}
