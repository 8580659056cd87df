/** What the Worker is given: bindings of `wrangler.toml`, and secrets. */
export type Env = {
  /** D1: contacts, which other programs write, and export logs, which we write. */
  readonly DB: D1Database
  /** R2: the finished files, under `exports/<id>.<format>`. */
  readonly FILES: R2Bucket
  /** Secret that signs the callers' tokens (HS256), of at least 32 bytes. Without it nobody gets in. */
  readonly JWT_SECRET?: string
  /** The secret before that one, still good for what it has signed while the two change places. */
  readonly JWT_SECRET_PREVIOUS?: string
  /** How long a signed link is good, in seconds; 900 without it. */
  readonly LINK_TTL_SECONDS?: string | number
  /** The origins whose pages may call, separated by commas; `*` for any, none without it. */
  readonly ALLOWED_ORIGINS?: string
  /** Where an identity provider's public keys are (RFC 7517). Its tokens are taken too. */
  readonly JWKS_URL?: string
  /** What `iss` must be in the identity provider's tokens. */
  readonly JWT_ISSUER?: string
  /** What must be in `aud` of the identity provider's tokens. */
  readonly JWT_AUDIENCE?: string
  /** How many logs a user may make in a minute. */
  readonly LOG_LIMIT: RateLimit
  /** How many files may be made for a user in a minute. */
  readonly FILE_LIMIT: RateLimit
  /** How many lists, previews and files a user may ask for in a minute. */
  readonly READ_LIMIT: RateLimit
  /** How many days a file is kept; 30 without it. */
  readonly FILE_RETENTION_DAYS?: string | number
  /** How many days a log is kept; for ever without it. */
  readonly LOG_RETENTION_DAYS?: string | number
  /** How many logs a user may have; 20,000 without it. */
  readonly LOG_QUOTA?: string | number
  /** How many bytes the params of a user's logs may have; 64 MiB without it. */
  readonly LOG_QUOTA_BYTES?: string | number
  /** `off` turns these limits off, and that of files under way: for tests and benches. */
  readonly RATE_LIMITS?: string
  /** `false` turns `?access_token=` off; `true`, as without it, leaves it on. */
  readonly ALLOW_QUERY_TOKEN?: string | boolean
}
