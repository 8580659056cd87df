import { Hono } from 'hono'
import { onlyMethods } from '../http/methods.ts'
import { wellFormedQuery } from '../http/query-parameters.ts'
import { openApiDocument } from './document.ts'

const MINUTES_SECONDS = 300

/** Made on the first request for it: most isolates never see one. */
let text: string | undefined

/** The description of everything, for whoever asks. */
export const openApiRoutes = new Hono()

openApiRoutes.get('/openapi.json', wellFormedQuery, () => {
  text ??= JSON.stringify(openApiDocument())
  return new Response(text, {
    headers: {
      'Content-Type': 'application/json',
      'Cache-Control': `public, max-age=${MINUTES_SECONDS}`,
    },
  })
})

openApiRoutes.all('/openapi.json', onlyMethods('GET', 'HEAD'))
