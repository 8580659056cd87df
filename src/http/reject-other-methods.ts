import type { Handler } from 'hono'
import { methodNotAllowed } from './errors.ts'

/** For the end of a path: a method that no route has taken is a 405. */
export const rejectOtherMethods =
  (...allowed: readonly string[]): Handler =>
  ({ req }) => {
    throw methodNotAllowed(req.method, allowed)
  }
