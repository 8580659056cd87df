/** The bindings and variables of `wrangler.toml`, and the secrets. */
export type Env = {
  /** D1: contacts, which other programs write, and export logs. */
  readonly DB: D1Database
  /**
   * R2: the export files, under `exports/<id>.<variant>`, and the refused lines of the sync API,
   * under `sync/<day>/<run>/`.
   */
  readonly FILES: R2Bucket
  /** The static assets: the pages for people, and the fonts of labels. */
  readonly ASSETS: Fetcher
  /** Signs tokens (HS256) and links: at least 32 bytes. Without it every token is refused. */
  readonly JWT_SECRET?: string
  /** The previous secret. What it has signed stays valid during a rotation. */
  readonly JWT_SECRET_PREVIOUS?: string
  /** How long a signed link is valid, in seconds. Default: 900. */
  readonly LINK_TTL_SECONDS?: string | number
  /** The origins whose pages may call, separated by commas, or `*` for any. Default: none. */
  readonly ALLOWED_ORIGINS?: string
  /** The URL of an identity provider's public keys (RFC 7517), whose tokens are accepted too. */
  readonly JWKS_URL?: string
  /** The `iss` of the identity provider's tokens. */
  readonly JWT_ISSUER?: string
  /** What the `aud` of the identity provider's tokens must contain. */
  readonly JWT_AUDIENCE?: string
  /** Where people sign in to the console: an OpenID provider. Default: `JWT_ISSUER`. */
  readonly OIDC_ISSUER?: string
  /** The id of the console at the provider. Without it the console leads to no provider. */
  readonly OIDC_CLIENT_ID?: string
  /** The scopes that the console asks for. Default: `openid`. */
  readonly OIDC_SCOPE?: string
  /** Where people get a token for the console, if not from a provider. Default: none. */
  readonly CONSOLE_SIGN_IN_URL?: string
  /** The number of logs that a user may create in a minute. */
  readonly LOG_LIMIT: RateLimit
  /** The number of files that may be produced for a user in a minute. */
  readonly FILE_LIMIT: RateLimit
  /** The number of lists, previews and files that a user may request in a minute. */
  readonly READ_LIMIT: RateLimit
  /** The number of requests to the sync API that a token may make in a minute. */
  readonly SYNC_LIMIT: RateLimit
  /** How many days a file is kept. Default: 30. */
  readonly FILE_RETENTION_DAYS?: string | number
  /** How many days a log is kept. Default: no limit. */
  readonly LOG_RETENTION_DAYS?: string | number
  /** How many logs a user may have. Default: 20,000. */
  readonly LOG_QUOTA?: string | number
  /** How many bytes the params of a user's logs may have. Default: 64 MiB. */
  readonly LOG_QUOTA_BYTES?: string | number
  /** `off` turns off these limits and that of concurrent productions: for tests and benches. */
  readonly RATE_LIMITS?: string
  /** Whether a token may be in the query, as `?access_token=`. Default: `true`. */
  readonly ALLOW_QUERY_TOKEN?: string | boolean
}
