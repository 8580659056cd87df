import type { D1Migration } from 'cloudflare:test'

declare global {
  namespace Cloudflare {
    interface Env {
      readonly DB: D1Database
      readonly FILES: R2Bucket
      readonly JWT_SECRET: string
      readonly MIGRATIONS: D1Migration[]
    }
  }
}
