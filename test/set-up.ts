import { applyD1Migrations } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { vi } from 'vitest'
import { emptyStorage } from './helpers/database.ts'

// Files share a worker, and the modules in it, one after the other: each starts with empty storage,
// real clocks and no spies.
vi.restoreAllMocks()
vi.useRealTimers()
await applyD1Migrations(env.DB, env.MIGRATIONS)
await emptyStorage()
