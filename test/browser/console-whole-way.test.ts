import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserAndWorker, hasCount } from './browser-and-worker.ts'
import { downloadBy, exportsOf, tick } from './console-page.ts'
import { installedBrowser } from './installed-browser.ts'
import { startProvider } from './local-provider.ts'

const ANN = '9f7a1c52-0e5b-4a0c-9b61-1c5f9d1c7a01'
const LIST = 'a0000000-0000-4000-8000-000000000001'

const rows = [
  `INSERT INTO account_lists (id, name) VALUES ('${LIST}', 'Smith Office')`,
  `INSERT INTO account_list_users (account_list_id, user_id) VALUES ('${LIST}', '${ANN}')`,
  `INSERT INTO contacts (id, account_list_id, name, status) VALUES
    ('00000000-0000-4000-8000-000000000001', '${LIST}', 'One', 'Partner - Financial'),
    ('00000000-0000-4000-8000-000000000002', '${LIST}', 'Two', 'Partner - Financial'),
    ('00000000-0000-4000-8000-000000000003', '${LIST}', 'Three', 'Partner - Pray')`,
  `INSERT INTO addresses (id, contact_id, street, city, postal_code, primary_mailing_address)
    VALUES ('a1', '00000000-0000-4000-8000-000000000001', '1 Main St', 'Orlando', '32801', 1)`,
]

/** How the files begin, by the kinds that are chosen in the form. */
const KINDS = [
  ['CSV for Excel', 'Download CSV for Excel', '\u{FEFF}Contact Name'],
  ['Excel workbook', 'Download Excel', 'PK'],
  ['Address labels', 'Download Address labels', '%PDF-'],
] as const

describe.skipIf(installedBrowser === undefined)('the whole way through the console', () => {
  let provider: Awaited<ReturnType<typeof startProvider>>

  beforeAll(async () => {
    provider = await startProvider({ Ann: ANN }, { lifetime: 600, hasRefreshTokens: false })
  })
  afterAll(() => provider.stop())

  const { opened } = browserAndWorker(
    rows,
    // Playwright turns off that pages come back as they were left.
    { ignoreDefaultArgs: ['--disable-back-forward-cache'] },
    () => provider.settings,
  )

  it('leads from signing in to files of each kind, and to earlier exports', async () => {
    const { page } = await opened('/')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('link', { name: 'Ann' }).click()
    await hasCount(page, '3 contacts')
    await tick(page, 'Status', 'Partner – Financial')
    await hasCount(page, '2 contacts')
    expect(await page.locator('.scroll tbody tr').count()).toBe(2)

    for (const [index, [choice, name, start]] of KINDS.entries()) {
      await page.getByRole('radio', { name: choice }).check()
      const { bytes } = await downloadBy(page, page.getByRole('button', { name }))
      expect(bytes.toString().startsWith(start)).toBe(true)
      await expect.poll(() => exportsOf(page).count()).toBe(index + 1)
    }

    await page.reload()
    await page.getByRole('button', { name: 'Clear all filters' }).click()
    await hasCount(page, '3 contacts')
    const oldest = exportsOf(page).last()
    await oldest.getByRole('button', { name: /^Use again/ }).click()
    await hasCount(page, '2 contacts')
    expect(await page.getByRole('radio', { name: 'CSV for Excel' }).isChecked()).toBe(true)

    const deleted = page.waitForResponse((response) => response.request().method() === 'DELETE')
    await oldest.getByRole('button', { name: /^Delete/ }).click()
    expect((await deleted).status()).toBe(204)
    await expect.poll(() => exportsOf(page).count()).toBe(KINDS.length - 1)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
  })

  it('does not bring the console back after signing out in the reference', async () => {
    provider.endSession()
    const { page } = await opened('/')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('link', { name: 'Ann' }).click()
    await hasCount(page, '3 contacts')
    await page.getByRole('link', { name: 'Documentation' }).click()
    await page.locator('.btn.authorize.locked').click()
    await page.getByRole('button', { name: /Logout/ }).click()
    await page.evaluate('void setTimeout(() => history.back())')
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
    expect(await page.locator('#count').count()).toBe(0)
  })
})
