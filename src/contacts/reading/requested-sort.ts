import * as z from 'zod'
import { openApiMetadata } from '../../openapi-metadata.ts'
import type { SortOrder } from './contact-sort.ts'
import { contactSorts } from './sorts.ts'

const byName = new Map(contactSorts.flatMap((sort) => sort.names.map((name) => [name, sort])))

const PROPER_NAMES = contactSorts.map(({ names: [name] }) => name)
const KNOWN = `The sorts are ${PROPER_NAMES.join(', ')}, each also with '-' in front for the opposite order.`

/**
 * The order that a file shall have, in any letter case. `undefined` where nothing else is asked for than the usual one,
 * by name.
 */
export const requestedSort = z
  .unknown()
  .transform((input, context): SortOrder | undefined => {
    if (input === undefined || input === null || input === '') return undefined
    const sent = typeof input === 'string' ? input.trim() : (JSON.stringify(input) ?? '')
    const isOpposite = sent.startsWith('-')
    const sort =
      typeof input === 'string'
        ? byName.get(sent.slice(isOpposite ? 1 : 0).toLowerCase())
        : undefined
    if (sort) return sort === contactSorts[0] && !isOpposite ? undefined : { sort, isOpposite }
    const message = `There is no sort '${sent}'. ${KNOWN}`
    context.issues.push({ code: 'custom', message, input })
    return z.NEVER
  })
  .optional()
  .register(openApiMetadata, {
    schema: {
      type: 'string',
      enum: PROPER_NAMES.flatMap((name) => [name, `-${name}`]),
      description: `The order of the contacts, by ${PROPER_NAMES[0]} without it. A minus in front gives the opposite order.`,
    },
  })
