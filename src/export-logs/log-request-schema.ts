import * as z from 'zod'
import { canonicalUserId } from '../auth/canonical-user-id.ts'
import { storedTime } from '../db/stored-time.ts'
import { openApiMetadata } from '../openapi-metadata.ts'

const TIME = 'A time must look like 2022-01-12T17:18:07Z.'

/**
 * ISO 8601 with or without a fraction, with `Z` or an offset. Stored in UTC without the fraction.
 */
const time = z
  .string({ error: TIME })
  .transform(spelledOut)
  .pipe(z.iso.datetime({ offset: true, error: TIME }))
  .transform((text) => new Date(text))
  .refine((date) => date.getUTCFullYear() >= 0 && date.getUTCFullYear() <= 9999, { error: TIME })
  .transform(storedTime)
  .register(openApiMetadata, { schema: { type: 'string', format: 'date-time' } })
  .nullish()

/**
 * Rewrites the offsets +0200 and +02 and the decimal comma of ISO 8601, which zod does not accept.
 */
function spelledOut(text: string): string {
  return text
    .replace(',', '.')
    .replace(
      /([+-]\d\d)(?::?(\d\d))?$/,
      (_, hours: string, minutes = '00') => `${hours}:${minutes}`,
    )
}

const object = 'must be an object'

/**
 * A document with a resource object of type `export_logs`. A wrong type, or an id among the
 * attributes, is not checked here because it is a conflict (409).
 */
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
                          type: z.literal('users', {
                            error: "The type of a user must be 'users'.",
                          }),
                          id: z
                            .string({ error: 'The id of a user must be a string.' })
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
