import * as z from 'zod'
import { isAbsent, isJsonObject, snakeCase } from './json-values.ts'

/**
 * A JSON object with these members, compared in snake_case as keys are; absent ones are left out,
 * unknown ones and two spellings of one refused.
 */
export const snakeCaseObject = <Shape extends z.ZodRawShape>(shape: Shape, expected: string) =>
  z.preprocess(
    (input, context) => {
      const entries = isJsonObject(input)
        ? Object.entries(input).map(([name, value]) => [snakeCase(name), value] as const)
        : undefined
      const names = new Set(entries?.map(([name]) => name))
      const isKnown = [...names].every((name) => Object.hasOwn(shape, name))
      if (entries && isKnown && names.size === entries.length) {
        return Object.fromEntries(entries.filter(([, value]) => !isAbsent(value)))
      }
      context.issues.push({ code: 'custom', message: expected, input })
      return z.NEVER
    },
    z.object(shape, { error: expected }).partial(),
  )
