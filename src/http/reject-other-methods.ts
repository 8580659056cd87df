import type { Handler } from 'hono'
import { methodNotAllowed } from './errors.ts'

/** The last handler of a path: a method without a route is a 405. */
export const rejectOtherMethods =
  (...allowed: readonly string[]): Handler =>
  ({ req }) => {
    throw methodNotAllowed(req.method, allowed)
  }
