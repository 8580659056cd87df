/** How people sign in to this installation, as its operator has set it. */
export type SignInSettings = {
  readonly provider: ProviderSettings | undefined
  /** Where people without a token go to get one. */
  readonly signInUrl: string | undefined
}

export type ProviderSettings = {
  readonly issuer: string
  readonly clientId: string
  readonly scope: string
  /** What the token is for, where the provider has to be told. */
  readonly audience: string | undefined
}

let settings: Promise<SignInSettings> | undefined

/** The settings, asked for once. @throws when they cannot be had */
export function signInSettings(): Promise<SignInSettings> {
  settings ??= load().catch((error: unknown) => {
    settings = undefined
    throw error
  })
  return settings
}

async function load(): Promise<SignInSettings> {
  const response = await fetch('/console.json')
  if (!response.ok) throw new Error(`The settings cannot be had: ${response.status}.`)
  const { provider, sign_in_url: url }: Record<string, unknown> = Object(await response.json())
  const { issuer, client_id: clientId, scope, audience }: Record<string, unknown> = Object(provider)
  const isWhole =
    typeof issuer === 'string' && typeof clientId === 'string' && typeof scope === 'string'
  return {
    provider: isWhole
      ? { issuer, clientId, scope, audience: typeof audience === 'string' ? audience : undefined }
      : undefined,
    signInUrl: typeof url === 'string' ? url : undefined,
  }
}
