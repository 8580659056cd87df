import { applyD1Migrations } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { vi } from 'vitest'
import { emptyStorage } from './helpers/database.ts'

// Files share a worker, one after the other: each starts with nothing of the one before.
vi.restoreAllMocks()
vi.useRealTimers()
await applyD1Migrations(env.DB, env.MIGRATIONS)
await emptyStorage()
