import * as z from 'zod'
import { logError } from '../log.ts'
import { isSafeUrl } from '../settings/safe-url.ts'

const FETCH_MILLISECONDS = 3_000
const KEEP_MILLISECONDS = 3_600_000
const MAXIMUM_ISSUERS = 10

const metadata = z.looseObject({
  authorization_endpoint: z.string().optional(),
  token_endpoint: z.string().optional(),
})

type Known = { readonly origins: readonly string[]; readonly until: number }

const known = new Map<string, Known>()

/**
 * The origins that a page calls to sign in at an issuer: its own and those of its endpoints (OpenID
 * Connect Discovery). Where they cannot be had, its own alone.
 */
export async function providerOrigins(issuer: string): Promise<readonly string[]> {
  const found = known.get(issuer)
  if (found && found.until > Date.now()) return found.origins
  const own = new URL(issuer).origin
  try {
    const endpoints = await endpointsOf(issuer)
    const origins = [...new Set([own, ...endpoints])]
    if (known.size >= MAXIMUM_ISSUERS) known.clear()
    known.set(issuer, { origins, until: Date.now() + KEEP_MILLISECONDS })
    return origins
  } catch (error) {
    logError('provider_not_discovered', error)
    return [own]
  }
}

async function endpointsOf(issuer: string): Promise<string[]> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_MILLISECONDS) })
  if (!response.ok) throw new Error(`OIDC_ISSUER responds with status ${response.status}.`)
  const { authorization_endpoint: authorization, token_endpoint: token } = metadata.parse(
    await response.json(),
  )
  return [authorization, token].flatMap((endpoint) => {
    const parsed = endpoint === undefined ? null : URL.parse(endpoint)
    return parsed && isSafeUrl(parsed) ? [parsed.origin] : []
  })
}
