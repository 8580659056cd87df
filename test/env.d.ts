import type { D1Migration } from 'cloudflare:test'

declare global {
  namespace Cloudflare {
    interface Env {
      readonly DB: D1Database
      readonly FILES: R2Bucket
      readonly ASSETS: Fetcher
      readonly JWT_SECRET: string
      readonly RATE_LIMITS: string
      readonly LOG_LIMIT: RateLimit
      readonly FILE_LIMIT: RateLimit
      readonly READ_LIMIT: RateLimit
      readonly SYNC_LIMIT: RateLimit
      readonly MIGRATIONS: D1Migration[]
    }
  }
}
