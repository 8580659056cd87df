import { createHash, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

const CLIENT_ID = 'console'
const AUDIENCE = 'contact-exports'

/** What the provider remembers of a code until it is exchanged. */
type Code = { readonly user: string; readonly challenge: string; readonly nonce: string }

/**
 * An OpenID provider on this machine: authorization code with PKCE, a session by a cookie, and
 * `prompt=none`. Who signs in is whose name is pressed on its page.
 *
 * @param users their ids by their names
 * @param lifetime of its tokens, in seconds
 */
export async function startProvider(
  users: Readonly<Record<string, string>>,
  { lifetime, hasRefreshTokens }: { lifetime: number; hasRefreshTokens: boolean },
) {
  const { publicKey, privateKey } = await generateKeyPair('RS256')
  const key = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }
  const codes = new Map<string, Code>()
  const refreshTokens = new Map<string, string>()
  const requests: string[] = []
  let session: string | undefined

  const server = createServer((request, response) => {
    void handle(request, response).catch(() => response.writeHead(500).end())
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const origin = `http://127.0.0.1:${port}`

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', origin)
    requests.push(`${url.pathname}${url.searchParams.get('prompt') ?? ''}`)
    response.setHeader('Access-Control-Allow-Origin', '*')
    if (url.pathname === '/.well-known/openid-configuration') return send(response, metadata())
    if (url.pathname === '/jwks') return send(response, { keys: [key] })
    if (url.pathname === '/authorize') return authorize(url.searchParams, response)
    if (url.pathname === '/token') return exchange(await bodyOf(request), response)
    response.writeHead(url.pathname === '/favicon.ico' ? 204 : 404).end()
    return undefined
  }

  const metadata = () => ({
    issuer: origin,
    authorization_endpoint: `${origin}/authorize`,
    token_endpoint: `${origin}/token`,
    jwks_uri: `${origin}/jwks`,
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
  })

  function authorize(query: URLSearchParams, response: ServerResponse): void {
    const prompt = query.get('prompt')
    const chosen = query.get('user')
    if (chosen !== null) session = users[chosen]
    const isAsked = chosen === null && (session === undefined || prompt === 'login')
    const back = new URL(query.get('redirect_uri') ?? '')
    back.searchParams.set('state', query.get('state') ?? '')
    if (isAsked && prompt === 'none') {
      back.searchParams.set('error', 'login_required')
    } else if (isAsked) {
      const link = (name: string) =>
        `<p><a href="?${query.toString()}&user=${name}">${name}</a></p>`
      response.setHeader('Content-Type', 'text/html')
      response.end(`<h1>Who are you?</h1>${Object.keys(users).map(link).join('')}`)
      return
    } else {
      const code = randomUUID()
      const [challenge, nonce] = [query.get('code_challenge') ?? '', query.get('nonce') ?? '']
      codes.set(code, { user: session ?? '', challenge, nonce })
      back.searchParams.set('code', code)
    }
    response.writeHead(302, { Location: back.href }).end()
  }

  async function exchange(form: URLSearchParams, response: ServerResponse): Promise<void> {
    const code = codes.get(form.get('code') ?? '')
    codes.delete(form.get('code') ?? '')
    const refreshed = refreshTokens.get(form.get('refresh_token') ?? '')
    const verifier = form.get('code_verifier') ?? ''
    const challenge = createHash('sha256').update(verifier).digest('base64url')
    const user = refreshed ?? (code?.challenge === challenge ? code.user : undefined)
    if (user === undefined) return send(response, { error: 'invalid_grant' }, 400)
    const sign = (claims: object, audience: string) =>
      new SignJWT({ ...claims, sub: user })
        .setProtectedHeader({ alg: 'RS256', kid: 'one' })
        .setIssuer(origin)
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime(`${lifetime} seconds`)
        .setJti(randomUUID())
        .sign(privateKey)
    const refreshToken = randomUUID()
    if (hasRefreshTokens) refreshTokens.set(refreshToken, user)
    return send(response, {
      access_token: await sign({}, AUDIENCE),
      token_type: 'Bearer',
      expires_in: lifetime,
      ...(code && { id_token: await sign({ nonce: code.nonce }, CLIENT_ID) }),
      ...(hasRefreshTokens && { refresh_token: refreshToken }),
    })
  }

  return {
    origin,
    requests,
    /** The settings of a Worker that trusts it. */
    settings: {
      OIDC_ISSUER: origin,
      OIDC_CLIENT_ID: CLIENT_ID,
      JWKS_URL: `${origin}/jwks`,
      JWT_ISSUER: origin,
      JWT_AUDIENCE: AUDIENCE,
    },
    endSession: () => {
      session = undefined
      refreshTokens.clear()
    },
    stop: () => server.close(),
  }
}

function send(response: ServerResponse, document: object, status = 200): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(document))
}

async function bodyOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return new URLSearchParams(text)
}
