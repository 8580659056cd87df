import { bodyLimit } from 'hono/body-limit'
import { contentTooLarge } from './errors.ts'

const BODY_BYTES = 1024 * 1024

/** Refuses a larger body with a 413. */
export const limitedBody = bodyLimit({
  maxSize: BODY_BYTES,
  onError: () => {
    throw contentTooLarge('The body must not be larger than 1 MiB.')
  },
})
