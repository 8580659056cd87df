import * as z from 'zod'
import type { Env } from '../env.ts'
import { allowedOrigins } from './allowed-origins.ts'
import { identityProvider } from './identity-provider.ts'
import { optionalSecret, requiredSecret } from './secret.ts'
import { wholeNumber } from './whole-number.ts'

const MEBIBYTE = 1024 * 1024
const MAXIMUM_BYTES = 1_000_000_000_000

/** What the settings of the environment mean, each named after its setting. */
const settings = z.object({
  /** Under which tokens and links are signed, the current one first: the one before it is good for what it has signed. */
  secrets: z
    .tuple([requiredSecret('JWT_SECRET'), optionalSecret('JWT_SECRET_PREVIOUS')])
    .transform(([secret, previous]): readonly [string, ...string[]] =>
      previous === undefined ? [secret] : [secret, previous],
    ),
  provider: identityProvider,
  allowQueryToken: z
    .enum(['true', 'false'], { error: 'ALLOW_QUERY_TOKEN must be true or false.' })
    .transform((word) => word === 'true'),
  allowedOrigins,
  linkSeconds: wholeNumber('LINK_TTL_SECONDS').default(900),
  fileRetentionDays: wholeNumber('FILE_RETENTION_DAYS').default(30),
  /** Logs stay where it is not set. */
  logRetentionDays: wholeNumber('LOG_RETENTION_DAYS').optional(),
  /** How many logs a user may have, and how many bytes of params in them. */
  logQuota: z.object({
    logs: wholeNumber('LOG_QUOTA').default(20_000),
    bytes: wholeNumber('LOG_QUOTA_BYTES', MAXIMUM_BYTES).default(64 * MEBIBYTE),
  }),
})

export type Settings = z.output<typeof settings>

/** The environment without its bindings. */
type SettingNames = Omit<Env, 'DB' | 'FILES' | 'RATE_LIMITS' | `${string}_LIMIT`>

/** An isolate gives the same environment to all of its requests. */
const known = new WeakMap<SettingNames, Settings>()

/**
 * The settings, for requests, `/health` and the cron alike: whatever makes one of them fail makes all of them fail.
 *
 * @throws Error that tells of every setting that is missing or invalid, and quotes no secret
 */
export function readSettings(env: SettingNames): Settings {
  const read = known.get(env)
  if (read) return read
  const { data, error } = settings.safeParse({
    secrets: [env.JWT_SECRET, env.JWT_SECRET_PREVIOUS],
    provider: env,
    allowQueryToken: String(env.ALLOW_QUERY_TOKEN ?? true),
    allowedOrigins: env.ALLOWED_ORIGINS,
    linkSeconds: env.LINK_TTL_SECONDS,
    fileRetentionDays: env.FILE_RETENTION_DAYS,
    logRetentionDays: env.LOG_RETENTION_DAYS,
    logQuota: { logs: env.LOG_QUOTA, bytes: env.LOG_QUOTA_BYTES },
  })
  if (error) {
    const faults = error.issues.map(({ message }) => message)
    throw new Error(`${faults.join(' ')} See the README, "Settings".`)
  }
  known.set(env, data)
  return data
}
