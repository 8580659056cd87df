import { errors, jwtVerify, type JWTPayload } from 'jose'
import { unauthorized } from './errors.ts'

/** How far the clocks of a token's issuer and ours may be apart. */
const LEEWAY_SECONDS = 60

/**
 * The claims of a token that holds (RFC 7519, 7.2): signed with HS256 under one of the secrets.
 *
 * @throws HttpError 401 for anything that is wrong with the token
 */
export async function verifiedToken(
  token: string,
  secrets: readonly string[],
): Promise<JWTPayload> {
  for (const secret of secrets) {
    try {
      const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
        algorithms: ['HS256'],
        requiredClaims: ['exp'],
        clockTolerance: LEEWAY_SECONDS,
      })
      // jose compares `iat` with the clock only where a maximum age is asked for.
      if (payload.iat === undefined || payload.iat <= Date.now() / 1000 + LEEWAY_SECONDS)
        return payload
      throw unauthorized('The token is from the future: its "iat" lies ahead.')
    } catch (error) {
      if (error instanceof errors.JWSSignatureVerificationFailed) continue
      if (error instanceof errors.JWTExpired)
        throw unauthorized('The token has expired; get a new one.')
      throw error instanceof errors.JOSEError ? broken() : error
    }
  }
  throw broken()
}

const broken = () =>
  unauthorized(
    'The token does not hold: it must be a JWT, signed with HS256 for this service, with "exp".',
  )
