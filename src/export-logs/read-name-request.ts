import * as z from 'zod'
import { badRequest, conflict } from '../http/errors.ts'
import { openApiMetadata } from '../openapi-metadata.ts'
import { problemsOf } from './document-problems.ts'
import { parsedBody } from './parsed-body.ts'

/** How long a name may be, in characters. */
const NAME_CHARACTERS = 100

const NAME = `The name must be a text of at most ${NAME_CHARACTERS} characters, without line breaks.`

const object = 'must be an object'

/** The document of a request that names a log. A wrong type is not checked here: it is a 409. */
export const nameRequest = z
  .object(
    {
      data: z.object(
        {
          type: z
            .unknown()
            .optional()
            .register(openApiMetadata, { schema: { const: 'export_logs' }, required: true }),
          id: z.guid({ error: 'The id must be a UUID.' }).transform((id) => id.toLowerCase()),
          attributes: z.strictObject(
            {
              name: z
                .string({ error: NAME })
                .transform((text) => text.normalize('NFC').trim())
                .refine((text) => Array.from(text).length <= NAME_CHARACTERS, { error: NAME })
                .refine((text) => !/\p{Cc}|\p{Cs}/u.test(text), { error: NAME })
                .nullable()
                .register(openApiMetadata, {
                  schema: { type: ['string', 'null'], maxLength: NAME_CHARACTERS },
                }),
            },
            {
              error: ({ code }) =>
                code === 'invalid_type' ? `The attributes ${object}.` : undefined,
            },
          ),
        },
        { error: `The data ${object} of type 'export_logs'.` },
      ),
    },
    { error: `The body ${object}: a JSON:API document with a member 'data'.` },
  )
  .register(openApiMetadata, { id: 'ExportLogNameRequest' })

/**
 * Reads the body of a `PATCH` (JSON:API 1.1, updating resources).
 *
 * @param id of the path
 * @returns the name, `null` for none
 * @throws HttpError 400 for an invalid document, 409 for a wrong type or another id
 */
export function readNameRequest(body: ArrayBuffer, id: string): string | null {
  const { data, error } = nameRequest.safeParse(parsedBody(body))
  if (error) {
    throw badRequest(
      ...error.issues.flatMap((issue) => problemsOf(issue, 'The attribute is name.')),
    )
  }
  const { type, id: given, attributes } = data.data
  if (type !== 'export_logs') {
    const detail = "The type must be 'export_logs'."
    throw conflict({ detail, source: { pointer: '/data/type' } })
  }
  if (given !== id) {
    const detail = `The id must be that of the path, '${id}'.`
    throw conflict({ detail, source: { pointer: '/data/id' } })
  }
  return attributes.name === '' ? null : attributes.name
}
