import * as z from 'zod'
import type { Env } from '../env.ts'
import { allowedOrigins } from './allowed-origins.ts'
import { consoleSignIn } from './console-sign-in.ts'
import { identityProvider } from './identity-provider.ts'
import { optionalSecret, requiredSecret } from './secret.ts'
import { wholeNumber } from './whole-number.ts'

const MEBIBYTE = 1024 * 1024
const MAXIMUM_BYTES = 1_000_000_000_000

/** The settings of the environment, each named after its setting. */
const settings = z.object({
  /**
   * Tokens and links are signed with the first. The previous one still verifies during a rotation.
   */
  secrets: z
    .tuple([requiredSecret('JWT_SECRET'), optionalSecret('JWT_SECRET_PREVIOUS')])
    .transform(([secret, previous]): readonly [string, ...string[]] =>
      previous === undefined ? [secret] : [secret, previous],
    ),
  provider: identityProvider,
  console: consoleSignIn,
  allowQueryToken: z
    .enum(['true', 'false'], { error: 'ALLOW_QUERY_TOKEN must be true or false.' })
    .transform((word) => word === 'true'),
  allowedOrigins,
  linkSeconds: wholeNumber('LINK_TTL_SECONDS').default(900),
  fileRetentionDays: wholeNumber('FILE_RETENTION_DAYS').default(30),
  /** Logs are kept where it is not set. */
  logRetentionDays: wholeNumber('LOG_RETENTION_DAYS').optional(),
  /** How many logs a user may have, and how many bytes of params in them. */
  logQuota: z.object({
    logs: wholeNumber('LOG_QUOTA').default(20_000),
    bytes: wholeNumber('LOG_QUOTA_BYTES', MAXIMUM_BYTES).default(64 * MEBIBYTE),
  }),
  /** Any value but `off` turns them on: a typing error must not turn them off. */
  rateLimits: z.unknown().transform((word) => word !== 'off'),
})

export type Settings = z.output<typeof settings>

/** The environment without its bindings. */
type Variables = Omit<Env, 'ASSETS' | 'DB' | 'FILES' | `${string}_LIMIT`>

/** An isolate passes the same environment to all of its requests. */
const known = new WeakMap<Variables, ReturnType<typeof parse>>()

/**
 * The settings, for requests, `/health` and the cron alike: an invalid one makes all of them fail.
 *
 * @throws Error that names every setting that is missing or invalid, and quotes no secret
 */
export function readSettings(env: Variables): Settings {
  const { data, error } = parsed(env)
  if (data) return data
  const messages = error.issues.map(({ message }) => message)
  throw new Error(`${messages.join(' ')} See docs/operating.md, "Settings".`)
}

/**
 * The origins that may call, for the headers of every response. None where `ALLOWED_ORIGINS` is
 * invalid; where another setting is, pages may still read the error.
 */
export function readAllowedOrigins(env: Variables): ReadonlySet<string> {
  const { data } = parsed(env)
  return data?.allowedOrigins ?? allowedOrigins.safeParse(env.ALLOWED_ORIGINS).data ?? new Set()
}

/** Where people sign in, for error pages; none where a setting is invalid. */
export const readSignInUrl = (env: Variables): string | undefined =>
  parsed(env).data?.console.signInUrl

function parsed(env: Variables) {
  const result = known.get(env) ?? parse(env)
  known.set(env, result)
  return result
}

const parse = (env: Variables) =>
  settings.safeParse({
    secrets: [env.JWT_SECRET, env.JWT_SECRET_PREVIOUS],
    provider: env,
    console: env,
    allowQueryToken: String(env.ALLOW_QUERY_TOKEN ?? true),
    allowedOrigins: env.ALLOWED_ORIGINS,
    linkSeconds: env.LINK_TTL_SECONDS,
    fileRetentionDays: env.FILE_RETENTION_DAYS,
    logRetentionDays: env.LOG_RETENTION_DAYS,
    logQuota: { logs: env.LOG_QUOTA, bytes: env.LOG_QUOTA_BYTES },
    rateLimits: env.RATE_LIMITS,
  })
