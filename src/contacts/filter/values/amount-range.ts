import * as z from 'zod'
import { openApiMetadata } from '../../../openapi-metadata.ts'
import { snakeCaseObject } from './snake-case-object.ts'
import { textOf } from './scalars.ts'

const EXPECTED = 'must be {"min": 5, "max": 50}, either of which may be missing, the smaller first'

/** An amount as people write it: all but digits and the point is dropped, `$1,000` is 1000. */
const amount = z
  .union([z.string(), z.number(), z.boolean()], { error: EXPECTED })
  .transform((value) => textOf(value).replace(/[^\d.]/g, ''))
  .refine((digits) => /\d/.test(digits) && !Number.isNaN(Number(digits)), { error: EXPECTED })
  .transform((digits) => Math.min(Number(digits), Number.MAX_VALUE))
  .register(openApiMetadata, {
    schema: { anyOf: [{ type: 'number' }, { type: 'string', pattern: String.raw`\d` }] },
  })

/** Amounts from `min` to `max`, both in. */
export const amountRange = snakeCaseObject({ min: amount, max: amount }, EXPECTED)
  .refine(({ min, max }) => min === undefined || max === undefined || min <= max, {
    error: EXPECTED,
  })
  .transform((range) => (range.min === undefined && range.max === undefined ? undefined : range))
