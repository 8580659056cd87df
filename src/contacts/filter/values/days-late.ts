import * as z from 'zod'
import { openApiMetadata } from '../../../openapi-metadata.ts'
import { textOf } from './scalars.ts'

const EXPECTED = 'must be a number of days such as 30, or two such as 30_60, the smaller first'

/** How many days late at least and, unless it is open, at most: `30` or `30_60`. */
export const daysLate = z
  .union([z.string(), z.number()], { error: EXPECTED })
  .transform((value, context) => {
    const text = textOf(value)
    if (text === '') return undefined
    const [, from, to] = /^(\d+)(?:_(\d+))?$/.exec(text) ?? []
    const minimum = Number(from)
    const maximum = to === undefined ? undefined : Number(to)
    if (from !== undefined && (maximum === undefined || minimum <= maximum)) {
      return { minimum, maximum }
    }
    context.issues.push({ code: 'custom', message: EXPECTED, input: value })
    return z.NEVER
  })
  .register(openApiMetadata, {
    schema: {
      anyOf: [
        { type: 'integer', minimum: 0 },
        { type: 'string', pattern: String.raw`^\d+(_\d+)?$` },
      ],
    },
  })
