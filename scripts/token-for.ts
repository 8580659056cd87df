import { readFile } from 'node:fs/promises'
import { parseEnv } from 'node:util'
import { SignJWT } from 'jose'

/** Where `wrangler dev` finds the secrets of a local run. */
export const SECRETS_FILE = '.dev.vars'

/**
 * The secret of the local run.
 *
 * @throws Error that says what to do when there is none
 */
export async function localSecret(): Promise<string> {
  const text = await readFile(SECRETS_FILE, 'utf8').catch(() => undefined)
  if (text === undefined)
    throw new Error(`There is no ${SECRETS_FILE} yet: \`npm start\` makes one.`)
  const secret = parseEnv(text)['JWT_SECRET']
  if (secret) return secret
  throw new Error(`${SECRETS_FILE} has no JWT_SECRET: add a line JWT_SECRET=<a long random text>.`)
}

/** A token for local use, good for a day. */
export async function tokenFor(userId: string): Promise<string> {
  return new SignJWT({ user_id: userId })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuedAt()
    .setExpirationTime('1 day')
    .sign(new TextEncoder().encode(await localSecret()))
}
