import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import axe from 'axe-core'
import { parse } from 'csv-parse/sync'
import { SignJWT } from 'jose'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startWorker } from './local-worker.ts'

const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const browserPath = BROWSERS.find((path) => existsSync(path))
if (browserPath === undefined) {
  console.warn(
    `\n  NOT TESTED: the pages in a browser. There is none at ${BROWSERS.join(', ')};\n  on Debian, apt-get install chromium.\n`,
  )
}

const SECRET = 'a secret that only this test knows'
const USER = '9f7a1c52-0e5b-4a0c-9b61-1c5f9d1c7a01'
const LIST = 'a0000000-0000-4000-8000-000000000001'
const OTHER_LIST = 'a0000000-0000-4000-8000-000000000002'
const CONTACTS = 40

const number = (index: number): string => String(index).padStart(12, '0')

const rows = [
  `INSERT INTO account_lists (id, name) VALUES ('${LIST}', 'Smith Ministry'), ('${OTHER_LIST}', 'Young Office')`,
  `INSERT INTO account_list_users (account_list_id, user_id) VALUES ('${LIST}', '${USER}'), ('${OTHER_LIST}', '${USER}')`,
  `INSERT INTO contacts (id, account_list_id, name, status, send_newsletter) VALUES ${Array.from(
    { length: CONTACTS },
    (_, index) =>
      `('00000000-0000-4000-8000-${number(index)}', '${index % 4 === 0 ? OTHER_LIST : LIST}',
        'Name ${number(index)}, "a" & b', ${index % 5 === 0 ? "'Never Ask'" : 'NULL'}, ${index % 2 === 0 ? "'Both'" : 'NULL'})`,
  ).join(', ')}`,
]

const WIDE = { viewport: { width: 1280, height: 900 } }
const NARROW = { viewport: { width: 360, height: 740 } }

describe.skipIf(browserPath === undefined)('in a browser', () => {
  let browser: Browser
  let worker: Awaited<ReturnType<typeof startWorker>>
  let token = ''

  beforeAll(async () => {
    ;[worker, browser, token] = await Promise.all([
      startWorker(rows, { JWT_SECRET: SECRET }),
      chromium.launch({ executablePath: browserPath ?? '', args: ['--no-sandbox'] }),
      new SignJWT({ user_id: USER })
        .setProtectedHeader({ alg: 'HS256' })
        .setExpirationTime('1h')
        .sign(new TextEncoder().encode(SECRET)),
    ])
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await worker?.stop()
  })

  /** A new page, and what it has asked of others or been refused by its own policy. */
  async function opened(path: string, options: BrowserContextOptions = WIDE) {
    const context = await browser.newContext(options)
    const page = await context.newPage()
    const faults: string[] = []
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url())
      if (origin !== worker.origin && protocol !== 'data:' && protocol !== 'blob:') {
        faults.push(request.url())
      }
    })
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text())
    })
    page.on('pageerror', (error) => faults.push(error.message))
    await page.goto(`${worker.origin}${path}`)
    return { page, faults }
  }

  const withToken = (options?: BrowserContextOptions) => opened(`/#token=${token}`, options)

  describe('the documentation', () => {
    it.each([
      ['wide', WIDE],
      ['narrow', NARROW],
    ])('stands on a %s page, with nothing from elsewhere', async (_, options) => {
      const { page, faults } = await opened('/docs', options)
      const operation = page.locator('#operations-Export_logs-makeContactsExport')
      await operation.getByRole('button').first().click()
      await operation.getByText('Request body').waitFor()
      expect(await page.locator('.opblock-head').first().isVisible()).toBe(false)
      expect(await page.locator('.opblock-get').first().isVisible()).toBe(true)
      expect(await overflowOf(page)).toBe(0)
      expect(faults).toEqual([])
    })
  })

  describe('the console', () => {
    it('leads from a token by a filter and a count to a file with so many rows', async () => {
      const { page, faults } = await withToken()
      await hasCount(page, '32 contacts selected')
      await page.getByLabel('Account list').selectOption({ label: 'Smith Ministry' })
      await page.getByLabel('Newsletter').selectOption('both')
      await page.getByLabel('Status').selectOption('active,hidden')
      await hasCount(page, '10 contacts selected')
      expect(await page.locator('#rows tbody tr').count()).toBe(10)
      const [csv] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Export as CSV' }).click(),
      ])
      expect(csv.suggestedFilename()).toMatch(/^contacts-\d{8}\.csv$/)
      const bytes = await readFile(await csv.path())
      expect(parse(bytes).length - 1).toBe(10)
      await page.getByText('10 rows, ').first().waitFor()
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      await page.locator('#exports code', { hasText: sha256 }).waitFor()
      expect(faults).toEqual([])
    })

    it('exports XLSX in the mailing columns, downloads it again and deletes it', async () => {
      const { page, faults } = await withToken()
      await hasCount(page, '32 contacts selected')
      await page.getByLabel('for a mailing').check()
      const [xlsx] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Export as XLSX' }).click(),
      ])
      expect(xlsx.suggestedFilename()).toMatch(/^contacts-mailing-\d{8}\.xlsx$/)
      const item = page.locator('#exports li', { hasText: 'Contacts Mailing' }).first()
      await item.getByText('32 rows').waitFor()
      const [again] = await Promise.all([
        page.waitForEvent('download'),
        item.getByRole('button', { name: 'Download XLSX' }).click(),
      ])
      expect(await readFile(await again.path())).toEqual(await readFile(await xlsx.path()))
      page.on('dialog', (dialog) => void dialog.accept())
      await item.getByRole('button', { name: 'Delete' }).click()
      await item.waitFor({ state: 'detached' })
      expect(await page.evaluate('document.activeElement.id')).toBe('earlier')
      expect(faults).toEqual([])
    })

    it('takes the token out of the address, and keeps it for its tab alone', async () => {
      const { page } = await withToken()
      await hasCount(page, '32 contacts selected')
      expect(page.url()).toBe(`${worker.origin}/`)
      expect(worker.output()).not.toContain(token)
      expect(await page.evaluate('localStorage.length + document.cookie.length')).toBe(0)
      await page.reload()
      await hasCount(page, '32 contacts selected')
      await page.getByRole('button', { name: 'Forget the token' }).click()
      await page.reload()
      await page.getByLabel('Token').fill(token)
      await page.keyboard.press('Enter')
      await hasCount(page, '32 contacts selected')
    })

    it('says what is wrong, and asks for another token', async () => {
      const { page } = await opened('/#token=nonsense')
      await page.getByRole('alert').getByText('The token does not hold').waitFor()
      expect(await page.evaluate('document.activeElement.id')).toBe('token')
    })

    it('offers nothing that the service refuses', async () => {
      const { page, faults } = await withToken()
      await hasCount(page, '32 contacts selected')
      for (const name of ['status', 'newsletter']) {
        const values = await page
          .locator(`select[name=${name}] option`)
          .evaluateAll((options) => options.map((option) => option.getAttribute('value') ?? ''))
        expect(values.length).toBeGreaterThan(5)
        for (const value of values) {
          const query = new URLSearchParams({ [`filter[${name}]`]: value })
          const response = await page.request.get(
            `${worker.origin}/api/v2/contacts/exports/preview?${query.toString()}`,
            { headers: { Authorization: `Bearer ${token}` } },
          )
          expect([value, response.status()]).toEqual([value, 200])
        }
      }
      expect(faults).toEqual([])
    })

    it.each([
      ['light', 'wide', { ...WIDE, colorScheme: 'light' as const }],
      ['dark', 'narrow', { ...NARROW, colorScheme: 'dark' as const }],
    ])('is for everybody: %s and %s', async (_, __, options) => {
      const { page } = await opened('/', options)
      await page.getByLabel('Token').waitFor()
      expect(await violationsOf(page)).toEqual([])
      const { page: working } = await withToken(options)
      await hasCount(working, '32 contacts selected')
      await working.locator('#rows table').waitFor()
      expect(await violationsOf(working)).toEqual([])
      expect(await overflowOf(working)).toBe(0)
    })
  })
})

const hasCount = (page: Page, text: string) =>
  page.locator('#count', { hasText: new RegExp(`^${text}$`) }).waitFor()

/** How much wider than the window a page is. */
const overflowOf = (page: Page) =>
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
async function violationsOf(page: Page) {
  await page.evaluate(axe.source)
  const { violations } = axeResults.parse(await page.evaluate('axe.run()'))
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  )
}
