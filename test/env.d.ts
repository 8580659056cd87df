declare namespace Cloudflare {
  interface Env {
    readonly DB: D1Database
    readonly FILES: R2Bucket
    readonly JWT_SECRET: string
    readonly MIGRATIONS: import('cloudflare:test').D1Migration[]
  }
}
