import { Hono } from 'hono'
import { rejectOtherMethods } from '../http/reject-other-methods.ts'
import type { RequestEnv } from '../http/request-env.ts'
import { readSettings } from '../settings/read-settings.ts'
import { providerOrigins } from './provider-origins.ts'

/** The console: its page, and what the page has to know of this installation. */
export const consoleRoutes = new Hono<RequestEnv>()

/** How people sign in. None of it is secret. */
consoleRoutes.get('/console.json', ({ env }) => {
  const { provider, signInUrl } = readSettings(env).console
  return Response.json(
    {
      provider: provider && {
        issuer: provider.issuer,
        client_id: provider.clientId,
        scope: provider.scope,
        ...(provider.audience !== undefined && { audience: provider.audience }),
      },
      sign_in_url: signInUrl,
    },
    { headers: { 'Cache-Control': 'no-store' } },
  )
})

consoleRoutes.all('/console.json', rejectOtherMethods('GET', 'HEAD'))

/**
 * The page itself, a static asset. Where people sign in at a provider, its policy lets the page
 * call that provider, and show it in a frame to renew a token silently. Such a page can require
 * nothing of what it embeds, and needs no isolation.
 */
consoleRoutes.get('/', async ({ env, req }) => {
  const page = await env.ASSETS.fetch(new URL('/', req.url))
  const { provider } = readSettings(env).console
  const policy = page.headers.get('Content-Security-Policy')
  if (!provider || policy === null) return page
  const origins = (await providerOrigins(provider.issuer)).join(' ')
  const headers = new Headers(page.headers)
  headers.set(
    'Content-Security-Policy',
    `${policy.replace("connect-src 'self'", `connect-src 'self' ${origins}`)}; frame-src 'self' ${origins}`,
  )
  headers.set('Cross-Origin-Embedder-Policy', 'unsafe-none')
  const { status, statusText } = page
  return new Response(page.body, { status, statusText, headers })
})

/**
 * The reference, which signs out of the console: Chromium gives pages of one origin with different
 * embedder policies separate processes, and one that it brings back reads outdated session storage.
 */
consoleRoutes.get('/docs', async ({ env, req }) => {
  const page = await env.ASSETS.fetch(new URL('/docs', req.url))
  if (!readSettings(env).console.provider) return page
  const headers = new Headers(page.headers)
  headers.set('Cross-Origin-Embedder-Policy', 'unsafe-none')
  const { status, statusText } = page
  return new Response(page.body, { status, statusText, headers })
})

consoleRoutes.all('/', rejectOtherMethods('GET', 'HEAD'))
consoleRoutes.all('/docs', rejectOtherMethods('GET', 'HEAD'))
