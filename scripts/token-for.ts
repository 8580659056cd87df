import { readFile } from 'node:fs/promises'
import { parseEnv } from 'node:util'
import { SignJWT, type JWTPayload } from 'jose'
import { requiredSecret } from '../src/settings/secret.ts'

/** Where `wrangler dev` finds the secrets of a local run. */
export const SECRETS_FILE = '.dev.vars'

/**
 * The secret of the local run.
 *
 * @throws Error with instructions when it is missing or invalid
 */
export async function localSecret(): Promise<string> {
  const text = await readFile(SECRETS_FILE, 'utf8').catch(() => undefined)
  if (text === undefined)
    throw new Error(`There is no ${SECRETS_FILE} yet: \`npm start\` makes one.`)
  const { data, error } = requiredSecret('JWT_SECRET').safeParse(parseEnv(text)['JWT_SECRET'])
  if (data !== undefined) return data
  const faults = error?.issues.map(({ message }) => message).join(' ')
  throw new Error(
    `${SECRETS_FILE} needs a line JWT_SECRET=<a random text of at least 32 bytes>. ${faults}`,
  )
}

/** A token for local use, good for a day, with further claims. */
export async function tokenFor(userId: string, claims: JWTPayload = {}): Promise<string> {
  return new SignJWT({ user_id: userId, ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuedAt()
    .setExpirationTime('1 day')
    .sign(new TextEncoder().encode(await localSecret()))
}
