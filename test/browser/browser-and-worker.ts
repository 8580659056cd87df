import axe from 'axe-core'
import { SignJWT } from 'jose'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import * as z from 'zod'
import { installedBrowser } from './installed-browser.ts'
import { startWorker } from './local-worker.ts'

const SECRET = 'a secret that only this test knows'

export const WIDE = { viewport: { width: 1280, height: 900 } }
export const NARROW = { viewport: { width: 320, height: 740 } }

/**
 * A browser and a Worker for the tests of a file.
 *
 * @param rows SQL statements that fill the Worker's database
 * @param browserOptions how Chromium is to be started otherwise than usual
 * @param settings of the Worker beside the usual ones, read when it starts
 */
export function browserAndWorker(
  rows: readonly string[],
  browserOptions: { readonly ignoreDefaultArgs?: string[] } = {},
  settings: () => Readonly<Record<string, string>> = () => ({}),
) {
  let browser: Browser
  let worker: Awaited<ReturnType<typeof startWorker>>

  beforeAll(async () => {
    const executablePath = installedBrowser ?? ''
    ;[worker, browser] = await Promise.all([
      startWorker(rows, { JWT_SECRET: SECRET, RATE_LIMITS: 'off', ...settings() }),
      chromium.launch({ executablePath, args: ['--no-sandbox'], ...browserOptions }),
    ])
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await worker?.stop()
  })

  /** A new page, and what it has asked of others, been refused by its own policy, or been warned of. */
  async function opened(path: string, options: BrowserContextOptions = WIDE) {
    const context = await browser.newContext(options)
    const page = await context.newPage()
    page.setDefaultTimeout(15_000)
    const faults: string[] = []
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url())
      if (origin !== worker.origin && protocol !== 'data:' && protocol !== 'blob:') {
        faults.push(request.url())
      }
    })
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) faults.push(message.text())
    })
    page.on('pageerror', (error) => faults.push(error.message))
    await page.goto(`${worker.origin}${path}`)
    return { page, faults }
  }

  return {
    opened,
    origin: () => worker.origin,
    output: () => worker.output(),
  }
}

/** A token of a user, good for some time. */
export const tokenOf = (userId: string, lifetime = '1h', claims = {}): Promise<string> =>
  new SignJWT({ user_id: userId, ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime(lifetime)
    .sign(new TextEncoder().encode(SECRET))

export const hasCount = (page: Page, text: string) =>
  page.locator('#count', { hasText: new RegExp(`^${text}$`) }).waitFor()

/** How much wider than the window a page is. */
export const overflowOf = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')

const axeResults = z.object({
  violations: z.array(
    z.object({
      id: z.string(),
      nodes: z.array(z.object({ html: z.string(), failureSummary: z.string() })),
    }),
  ),
})

/** What axe-core finds fault with. */
export async function violationsOf(page: Page) {
  await page.evaluate(axe.source)
  const { violations } = axeResults.parse(await page.evaluate('axe.run()'))
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  )
}
