import * as z from 'zod'
import { depthOf } from '../contacts/filter/values/json-values.ts'
import { jsonFaults } from '../contacts/filter/values/json-faults.ts'
import { storedTime } from '../db/stored-time.ts'
import { badRequest, conflict, type Problem } from '../http/errors.ts'
import { canonicalUserId } from '../auth/canonical-user-id.ts'
import { openApiMetadata } from '../openapi-metadata.ts'
import { PARAMS_DEPTH, paramsSchema, type LogParams } from './log-params.ts'
import { pointerTo, problemsOf } from './log-problems.ts'
import { refuseLargeParams } from './params-size.ts'

/** What a client asks for when it makes a log. */
export type LogRequest = {
  /** Made by a client that works offline. */
  readonly id: string | undefined
  readonly params: LogParams
  readonly createdAt: string | undefined
  readonly updatedAt: string | undefined
  /** The user whom the document names. */
  readonly userId: string | undefined
}

/** These stand in the attributes, the data, the document. */
const DOCUMENT_DEPTH = PARAMS_DEPTH + 3

/**
 * Reads the body of a `POST` (JSON:API 1.1, creating resources).
 *
 * @param today the UTC day of the export, `2022-01-12`
 * @throws HttpError 400 for what is wrong with its form, 409 for a type or an id that cannot be
 */
export function readLogRequest(body: ArrayBuffer, today: string): LogRequest {
  const document = parsedBody(body)
  const { data, error } = logRequestSchema(paramsSchema(today)).safeParse(document)
  if (error) throw badRequest(...error.issues.flatMap(problemsOf))
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
    conflicts.push({ detail: 'An id stands beside the attributes, at /data/id.', source })
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

const TIME = 'A time looks like 2022-01-12T17:18:07Z.'

/** ISO 8601, with or without a fraction, `Z` or an offset; kept in UTC, without the fraction. */
const time = z
  .string({ error: TIME })
  .transform(spelledOut)
  .pipe(z.iso.datetime({ offset: true, error: TIME }))
  .transform((text) => new Date(text))
  .refine((date) => date.getUTCFullYear() >= 0 && date.getUTCFullYear() <= 9999, { error: TIME })
  .transform(storedTime)
  .register(openApiMetadata, { schema: { type: 'string', format: 'date-time' } })
  .nullish()

/** ISO 8601 also has the offsets +0200 and +02, and a comma before a fraction; zod knows +02:00 and the point. */
function spelledOut(text: string): string {
  return text
    .replace(',', '.')
    .replace(
      /([+-]\d\d)(?::?(\d\d))?$/,
      (_, hours: string, minutes = '00') => `${hours}:${minutes}`,
    )
}

const object = 'must be an object'

/** A resource object of type `export_logs`. The type and an id among the attributes are judged later: they are conflicts. */
export const logRequestSchema = <Params extends z.ZodType>(params: Params) =>
  z.object(
    {
      data: z.object(
        {
          type: z
            .unknown()
            .optional()
            .register(openApiMetadata, { schema: { const: 'export_logs' }, required: true }),
          id: z
            .guid({ error: 'The id must be a UUID.' })
            .transform((id) => id.toLowerCase())
            .optional(),
          attributes: z
            .strictObject(
              {
                id: z
                  .unknown()
                  .optional()
                  .register(openApiMetadata, { schema: { not: {} } }),
                params: params.optional(),
                created_at: time,
                updated_at: time,
                updated_in_db_at: time,
              },
              {
                error: ({ code }) =>
                  code === 'invalid_type' ? `The attributes ${object}.` : undefined,
              },
            )
            .optional(),
          relationships: z
            .object(
              {
                user: z
                  .object(
                    {
                      data: z.object(
                        {
                          type: z.literal('users', { error: "A user's type is 'users'." }),
                          id: z
                            .string({ error: "A user's id must be a text." })
                            .transform(canonicalUserId),
                        },
                        { error: `A user's data ${object} of type and id.` },
                      ),
                    },
                    { error: `The user ${object} with data.` },
                  )
                  .optional(),
              },
              { error: `The relationships ${object}.` },
            )
            .optional(),
        },
        { error: `The data ${object} of type 'export_logs'.` },
      ),
    },
    { error: `The body ${object}: a JSON:API document with a member 'data'.` },
  )

/** A body in which a member stands twice, or a number would be rounded, is refused: it means more than is read. */
function parsedBody(body: ArrayBuffer): unknown {
  const { text, value } = decodedBody(body)
  const faults = jsonFaults(text)
  if (faults.length === 0) return value
  throw badRequest(
    ...faults.map(({ path, detail }) => ({ detail, source: { pointer: pointerTo(path) } })),
  )
}

function decodedBody(body: ArrayBuffer): { readonly text: string; readonly value: unknown } {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(body)
    return { text, value: JSON.parse(text) }
  } catch {
    throw badRequest({ detail: 'The body must be JSON, in UTF-8.' })
  }
}
