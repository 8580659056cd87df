import type { Env } from '../env.ts'

/**
 * The secrets under which a signature may stand, the current one first: that one signs, and during a rotation the one
 * before it is still good.
 *
 * @throws Error when there is no current secret: a fault of ours, which closes every door
 */
export function signingSecrets({
  JWT_SECRET,
  JWT_SECRET_PREVIOUS,
}: Pick<Env, 'JWT_SECRET' | 'JWT_SECRET_PREVIOUS'>): readonly [string, ...string[]] {
  if (!JWT_SECRET)
    throw new Error('JWT_SECRET is not set: nobody can be let in. See the README, "Settings".')
  return JWT_SECRET_PREVIOUS ? [JWT_SECRET, JWT_SECRET_PREVIOUS] : [JWT_SECRET]
}
