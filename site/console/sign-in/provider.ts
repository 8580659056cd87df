import * as oauth from 'oauth4webapi'
import type { ProviderSettings } from './settings.ts'

/**
 * Signing in at an identity provider: the authorization-code flow with PKCE (RFC 9700), for a page
 * without a secret.
 */

/** What the service is called with, and how it is renewed. */
export type Grant = {
  readonly token: string
  readonly refreshToken: string | undefined
}

/** What has to fit the response of the provider. */
export type Attempt = {
  readonly verifier: string
  readonly state: string
  readonly nonce: string
  /** The fragment of the page before, to go on with. */
  readonly hash: string
}

const REDIRECT_PATH = '/signed-in'

const redirectUri = (): string => new URL(REDIRECT_PATH, location.origin).href

/** A provider on this machine, for tests, has no TLS. */
const isLocal = (issuer: URL): boolean =>
  issuer.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(issuer.hostname)

async function discovered({ issuer }: ProviderSettings) {
  const url = new URL(issuer)
  const options = { [oauth.allowInsecureRequests]: isLocal(url) }
  const response = await oauth.discoveryRequest(url, { ...options, algorithm: 'oidc' })
  return { server: await oauth.processDiscoveryResponse(url, response), options }
}

/**
 * The address at which the user signs in, and what the response has to fit.
 *
 * @param prompt `none` asks for a response without a question, `login` for a new sign-in
 */
export async function authorizationRequest(
  settings: ProviderSettings,
  prompt: 'none' | 'login' | undefined,
): Promise<{ readonly url: string; readonly attempt: Attempt }> {
  const { server } = await discovered(settings)
  const attempt = {
    verifier: oauth.generateRandomCodeVerifier(),
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
    hash: location.hash,
  }
  const url = new URL(server.authorization_endpoint ?? settings.issuer)
  const parameters = {
    client_id: settings.clientId,
    redirect_uri: redirectUri(),
    response_type: 'code',
    scope: settings.scope,
    code_challenge: await oauth.calculatePKCECodeChallenge(attempt.verifier),
    code_challenge_method: 'S256',
    state: attempt.state,
    nonce: attempt.nonce,
    ...(settings.audience !== undefined && { audience: settings.audience }),
    ...(prompt && { prompt }),
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return { url: url.href, attempt }
}

/**
 * The grant for the response of the provider.
 *
 * @param query of the address at which the provider has sent the user back
 * @throws when the response does not fit the attempt, or the provider refuses
 */
export async function grantFor(
  settings: ProviderSettings,
  query: string,
  { verifier, state, nonce }: Attempt,
): Promise<Grant> {
  const { server, options } = await discovered(settings)
  const client = { client_id: settings.clientId }
  const parameters = oauth.validateAuthResponse(server, client, new URLSearchParams(query), state)
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    oauth.None(),
    parameters,
    redirectUri(),
    verifier,
    options,
  )
  return grantOf(
    await oauth.processAuthorizationCodeResponse(server, client, response, {
      expectedNonce: nonce,
      requireIdToken: true,
    }),
  )
}

/** A newer grant for a refresh token. @throws when the provider gives none */
export async function refreshedGrant(
  settings: ProviderSettings,
  refreshToken: string,
  signal: AbortSignal,
): Promise<Grant> {
  const { server, options } = await discovered(settings)
  const client = { client_id: settings.clientId }
  const response = await oauth.refreshTokenGrantRequest(
    server,
    client,
    oauth.None(),
    refreshToken,
    { ...options, signal },
  )
  const grant = grantOf(await oauth.processRefreshTokenResponse(server, client, response))
  return { ...grant, refreshToken: grant.refreshToken ?? refreshToken }
}

/** Some providers give access tokens that only they can read: then it is the ID token. */
const grantOf = (response: oauth.TokenEndpointResponse): Grant => ({
  token: isJwt(response.access_token)
    ? response.access_token
    : (response.id_token ?? response.access_token),
  refreshToken: response.refresh_token,
})

const isJwt = (token: string): boolean => token.split('.').length === 3

/** What a provider says of a refusal, for people. */
export function providerMessage(error: unknown): string {
  if (error instanceof oauth.AuthorizationResponseError) {
    return error.error_description ?? error.error
  }
  if (error instanceof oauth.ResponseBodyError) return error.error_description ?? error.error
  return error instanceof Error ? error.message : String(error)
}
