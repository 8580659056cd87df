import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import {
  browserAndWorker,
  NARROW,
  overflowOf,
  tokenOf,
  violationsOf,
  WIDE,
} from './browser-and-worker.ts'
import { installedBrowser } from './installed-browser.ts'

const USER = '9f7a1c52-0e5b-4a0c-9b61-1c5f9d1c7a01'
const LIST = 'a0000000-0000-4000-8000-000000000001'
const GUIDES = ['calling', 'filter', 'columns', 'operating', 'design', 'changelog']

const rows = [
  `INSERT INTO account_lists (id, name) VALUES ('${LIST}', 'Smith Ministry')`,
  `INSERT INTO account_list_users (account_list_id, user_id) VALUES ('${LIST}', '${USER}')`,
]

describe.skipIf(installedBrowser === undefined)('the documentation', () => {
  // Playwright turns off that pages come back as they were left.
  const { opened, origin } = browserAndWorker(rows, {
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  })

  const looks = [
    ['light', 'wide', { ...WIDE, colorScheme: 'light' as const }],
    ['dark', 'narrow', { ...NARROW, colorScheme: 'dark' as const }],
  ] as const

  it.each(looks)('is for everybody, %s and %s: the reference', async (_, __, options) => {
    const { page, faults } = await opened('/docs', options)
    await page.locator('.opblock').first().waitFor()
    expect(await violationsOf(page)).toEqual([])
    for (const method of ['post', 'get', 'patch', 'delete']) {
      await page.locator(`.opblock-${method} .opblock-summary-control`).first().click()
    }
    await page.locator('.opblock-get .responses-table').first().waitFor()
    await page.locator('.opblock .microlight').first().waitFor()
    expect(await violationsOf(page)).toEqual([])
    expect(await overflowOf(page)).toBe(0)
    expect(faults).toEqual([])
  })

  it.each(looks)('is for everybody, %s and %s: the guides', async (_, __, options) => {
    for (const guide of GUIDES) {
      const { page, faults } = await opened(`/docs/${guide}`, options)
      expect(await page.locator('h1').count()).toBe(1)
      expect([guide, await violationsOf(page)]).toEqual([guide, []])
      expect([guide, await overflowOf(page)]).toEqual([guide, 0])
      expect(faults).toEqual([])
    }
  })

  it('leads from each page to every other one', async () => {
    const { page } = await opened('/docs')
    const links = page.getByRole('navigation', { name: 'Pages' }).getByRole('link')
    const paths = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')))
    expect(paths).toEqual(
      expect.arrayContaining(['/', '/docs', ...GUIDES.map((guide) => `/docs/${guide}`)]),
    )
    for (const path of paths) {
      expect([path, (await page.request.get(`${origin()}${path}`)).status()]).toEqual([path, 200])
    }
  })

  it('says how it may be used, without a link that leads nowhere', async () => {
    const { page } = await opened('/docs')
    await page.getByText('All rights reserved').waitFor()
    expect(await page.locator('a[href*="spdx.org"]').count()).toBe(0)
  })

  it('finds keys of the filter by any words in their rows', async () => {
    const { page, faults } = await opened('/docs/filter')
    const keys = page.locator('tbody tr:visible', { has: page.locator('td:nth-child(5)') })
    expect(await keys.count()).toBe(54)
    await page.getByLabel('Search this table').fill('PLEDGE amount')
    expect(await keys.locator('td:first-child').allInnerTexts()).toEqual([
      'pledge_amount',
      'pledge_amount_increased_range',
    ])
    await page.getByText('2 of 54 rows').waitFor()
    await page.getByLabel('Search this table').fill('')
    expect(await keys.count()).toBe(54)
    expect(faults).toEqual([])
  })

  it('takes over the token of the console, and signs out with it', async () => {
    const { page } = await opened(`/#token=${await tokenOf(USER)}`)
    await page.getByRole('link', { name: 'Documentation' }).click()
    await page.locator('.opblock').first().waitFor()
    await page.locator('.btn.authorize.locked').click()
    await page.getByRole('button', { name: /Logout/ }).click()
    expect(await page.evaluate('sessionStorage.length')).toBe(0)
    await page.goto(`${origin()}/`)
    await page.getByText('Use a token').waitFor()
  })

  it('is signed in to by hand where the console has no token', async () => {
    const { page } = await opened('/docs')
    await page.locator('.btn.authorize').waitFor()
    expect(await page.locator('.btn.authorize.locked').count()).toBe(0)
  })

  it('forgets a token that was entered when it is left', async () => {
    const { page } = await opened('/docs')
    await authorizeByHand(page, await tokenOf(USER))
    await page.getByRole('link', { name: 'Columns' }).click()
    await page.getByRole('heading', { level: 1, name: 'Columns' }).waitFor()
    await page.goBack()
    await page.locator('.btn.authorize.unlocked').waitFor()
    expect(await page.locator('.btn.authorize.locked').count()).toBe(0)
  })

  it('comes with the licences of what is shipped', async () => {
    const { page } = await opened('/docs')
    for (const file of [
      'swagger-ui-dist-LICENSE',
      'swagger-ui-dist-NOTICE',
      'openapi-fetch-LICENSE',
    ]) {
      const response = await page.request.get(`${origin()}/licenses/${file}.txt`)
      expect([file, response.status()]).toEqual([file, 200])
      expect((await response.text()).length).toBeGreaterThan(50)
    }
  })
})

async function authorizeByHand(page: Page, token: string): Promise<void> {
  await page.locator('.btn.authorize').click()
  const dialog = page.locator('.dialog-ux')
  await dialog.locator('input').first().fill(token)
  await dialog
    .getByRole('button', { name: /Apply credentials/ })
    .first()
    .click()
  await dialog.getByRole('button', { name: 'Close' }).first().click()
  await page.locator('.btn.authorize.locked').waitFor()
}
