import { count } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { getPlatformProxy } from 'wrangler'
import { accountLists } from '../src/db/schema/index.ts'
import { insertDemoRows } from './demo/insert-demo-rows.ts'

/** Fills the local database with the demo data, unless it holds an account list already. */
const { env, dispose } = await getPlatformProxy<{ DB: D1Database }>()
try {
  const lists = await drizzle(env.DB).select({ number: count() }).from(accountLists)
  if (lists[0]?.number === 0) await insertDemoRows(env.DB)
} finally {
  await dispose()
}
