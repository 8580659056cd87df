import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import type { BrowserContextOptions } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import {
  browserAndWorker,
  hasCount,
  NARROW,
  overflowOf,
  tokenOf,
  violationsOf,
  WIDE,
} from './browser-and-worker.ts'
import { installedBrowser } from './installed-browser.ts'

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

describe.skipIf(installedBrowser === undefined)('in a browser', () => {
  const { opened, origin, output } = browserAndWorker(rows)

  const withToken = async (options?: BrowserContextOptions) =>
    opened(`/#token=${await tokenOf(USER)}`, options)

  describe('the documentation', () => {
    it.each([
      ['wide', WIDE],
      ['narrow', { viewport: { width: 360, height: 740 } }],
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
      const token = await tokenOf(USER)
      const { page } = await opened(`/#token=${token}`)
      await hasCount(page, '32 contacts selected')
      expect(page.url()).toBe(`${origin()}/`)
      expect(output()).not.toContain(token)
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
      await page.getByRole('alert').getByText('The token is invalid').waitFor()
      expect(await page.evaluate('document.activeElement.id')).toBe('token')
    })

    it('offers nothing that the service refuses', async () => {
      const token = await tokenOf(USER)
      const { page, faults } = await opened(`/#token=${token}`)
      await hasCount(page, '32 contacts selected')
      for (const name of ['status', 'newsletter']) {
        const values = await page
          .locator(`select[name=${name}] option`)
          .evaluateAll((options) => options.map((option) => option.getAttribute('value') ?? ''))
        expect(values.length).toBeGreaterThan(5)
        for (const value of values) {
          const query = new URLSearchParams({ [`filter[${name}]`]: value })
          const response = await page.request.get(
            `${origin()}/api/v2/contacts/exports/preview?${query.toString()}`,
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
