import * as z from 'zod'
import { isSafeUrl } from './safe-url.ts'

/** How people sign in to the console. */
export type ConsoleSignIn = {
  readonly provider:
    | {
        readonly issuer: string
        readonly clientId: string
        readonly scope: string
        /** What the tokens are for, where the provider has to be told. */
        readonly audience: string | undefined
      }
    | undefined
  /** Where people without a token go to get one. */
  readonly signInUrl: string | undefined
}

const text = (name: string) =>
  z
    .string({ error: `${name} must be a text.` })
    .trim()
    .default('')

/** The schema of the settings of the console. Without `OIDC_CLIENT_ID` it leads to no provider. */
export const consoleSignIn = z
  .object({
    OIDC_ISSUER: text('OIDC_ISSUER'),
    OIDC_CLIENT_ID: text('OIDC_CLIENT_ID'),
    OIDC_SCOPE: text('OIDC_SCOPE'),
    CONSOLE_SIGN_IN_URL: text('CONSOLE_SIGN_IN_URL'),
    JWT_ISSUER: text('JWT_ISSUER'),
    JWT_AUDIENCE: text('JWT_AUDIENCE'),
  })
  .transform((settings, context): ConsoleSignIn => {
    const { OIDC_CLIENT_ID: clientId, CONSOLE_SIGN_IN_URL: signInUrl, JWT_AUDIENCE } = settings
    const issuer = settings.OIDC_ISSUER || settings.JWT_ISSUER
    const refuse = (message: string) =>
      context.issues.push({ code: 'custom', message, input: undefined })
    if (clientId !== '' && !isSafe(issuer)) {
      refuse('OIDC_ISSUER must be an https: URL, or an http: URL of this machine.')
    }
    if (signInUrl !== '' && !isSafe(signInUrl)) {
      refuse('CONSOLE_SIGN_IN_URL must be an https: URL, or an http: URL of this machine.')
    }
    const audience = JWT_AUDIENCE === '' || JWT_AUDIENCE === clientId ? undefined : JWT_AUDIENCE
    const scope = settings.OIDC_SCOPE || 'openid'
    return {
      provider: clientId === '' ? undefined : { issuer, clientId, scope, audience },
      signInUrl: signInUrl || undefined,
    }
  })

const isSafe = (url: string): boolean => isSafeUrl(URL.parse(url))
