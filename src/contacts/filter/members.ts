import { z } from 'zod'
import { isAbsent, isJsonObject, snakeCase } from './json-values.ts'

/**
 * A JSON object with these members, compared in snake_case as keys are; absent ones are left out, unknown ones and two
 * spellings of one refused.
 */
export const members = <Shape extends z.ZodRawShape>(shape: Shape, expected: string) =>
  z.preprocess(
    (input, context) => {
      const entries = isJsonObject(input)
        ? Object.entries(input).map(([name, value]) => [snakeCase(name), value] as const)
        : undefined
      const names = entries?.map(([name]) => name)
      if (entries && new Set(names).size === entries.length) {
        return Object.fromEntries(
          entries.filter(([name, value]) => !(name in shape && isAbsent(value))),
        )
      }
      context.issues.push({ code: 'custom', message: expected, input })
      return z.NEVER
    },
    z.strictObject(shape, { error: expected }).partial(),
  )
