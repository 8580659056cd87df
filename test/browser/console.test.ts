import { readFile } from 'node:fs/promises'
import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { fileFormats } from '../../src/formats/file-formats.ts'
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
const API = '/api/v2/contacts/exports'
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf]
const TICKED = 20_000
const LOGS = 25

const id = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`

const TICKER = '11111111-0000-4000-8000-000000000000'
const PAGER = '33333333-0000-4000-8000-000000000000'
const KEEPER = '22222222-0000-4000-8000-000000000000'

const ticked = Array.from({ length: TICKED }, (_, index) => id(index))

/** Filters that other clients make exports with. */
const LONG_FILTERS = [
  { ids: ticked },
  { ids: ticked.join(','), newsletter: 'all' },
  { not_ids: [id(1)] },
  { city: Array.from({ length: 200 }, (_, index) => `city ${index}`) },
  { church: 'w'.repeat(5000) },
]

const rows = [
  `INSERT INTO account_lists (id, name) VALUES ('${LIST}', 'Smith Ministry')`,
  ...[USER, TICKER, KEEPER, PAGER].map(
    (user) =>
      `INSERT INTO account_list_users (account_list_id, user_id) VALUES ('${LIST}', '${user}')`,
  ),
  `INSERT INTO contacts (id, account_list_id, name) VALUES ('${id(1)}', '${LIST}', 'José'), ('${id(2)}', '${LIST}', 'Zoë')`,
  ...Array.from({ length: LOGS }).flatMap((_, index) =>
    [KEEPER, PAGER].map(
      (
        user,
      ) => `INSERT INTO export_logs (id, user_id, type, params, created_at, updated_at, updated_in_db_at, export_at)
        SELECT '${user.slice(0, -12)}${id(index).slice(-12)}', '${user}', 'Contacts', '{}', t, t, t, t
        FROM (SELECT '2026-01-01T00:00:${String(index).padStart(2, '0')}Z' AS t)`,
    ),
  ),
]

describe.skipIf(installedBrowser === undefined)('the console', () => {
  const { opened, origin } = browserAndWorker(rows)

  async function working(user = USER, options = WIDE) {
    const { page, faults } = await opened(`/#token=${await tokenOf(user)}`, options)
    await hasCount(page, '2 contacts selected')
    return { page, faults }
  }

  it('offers a file in every format of the service', async () => {
    const { page } = await working(KEEPER)
    const item = page.locator('#exports li').first()
    for (const { title } of fileFormats) {
      await page.getByRole('button', { name: `Export as ${title}`, exact: true }).waitFor()
      await item.getByRole('button', { name: `Download ${title}` }).waitFor()
    }
    expect(await page.locator('#export button[type=submit]').count()).toBe(fileFormats.length)
  })

  describe('tells what went wrong', () => {
    const failures = [
      ['Export as CSV', `**${API}`, 'POST'],
      ['Export as XLSX', `**${API}/*.xlsx?**`, 'GET'],
      ['Show older ones', `**${API}?**`, 'GET'],
      ['Download CSV', `**${API}/*.csv?**`, 'GET'],
      ['Download XLSX', /exports\/[-0-9a-f]{36}$/, 'GET'],
      ['Delete', /exports\/[-0-9a-f]{36}$/, 'DELETE'],
    ] as const

    it.each([
      ['wide', WIDE],
      ['narrow', NARROW],
    ])('beside the button that was pressed, on a %s page', async (_, options) => {
      const { page } = await working(KEEPER, options)
      page.on('dialog', (dialog) => void dialog.accept())
      for (const [name, url, method] of failures) {
        await page.route(url, (route) =>
          route.request().method() === method
            ? route.fulfill({ status: 500, json: { errors: [{ detail: `No ${name}.` }] } })
            : route.fallback(),
        )
        const button = page.getByRole('button', { name }).last()
        await button.scrollIntoViewIfNeeded()
        await button.click()
        const alert = page.getByRole('alert').getByText(`No ${name}. Try again in a few minutes.`)
        await alert.waitFor()
        await isNear(alert, button)
        expect(page.url()).toBe(`${origin()}/`)
        await page.unrouteAll()
      }
      expect(await violationsOf(page)).toEqual([])
      expect(await overflowOf(page)).toBe(0)
    })

    it('beside the filter and the list, with a button to try again', async () => {
      const { page } = await working(KEEPER)
      await page.route(`**${API}**`, (route) => route.abort())
      await page.getByLabel('Tags').fill('vip')
      const alert = page.getByRole('alert').getByText('The service cannot be reached')
      await alert.waitFor()
      await isNear(alert, page.getByLabel('Tags'))
      await page.unrouteAll()
      await page.getByLabel('Tags').fill('')
      await page.getByRole('button', { name: 'Try again' }).click()
      await hasCount(page, '2 contacts selected')
      expect(await alert.count()).toBe(0)
      await page.route(`**${API}?**`, (route) => route.fulfill({ status: 502, body: '<h1>Bad' }))
      await page.reload()
      await page.getByText('The service answered with 502').waitFor()
      await page.unrouteAll()
      await page.getByRole('button', { name: 'Try again' }).click()
      await expect.poll(() => page.locator('#exports li').count()).toBe(10)
    })

    it.each([
      [429, 'Too many requests. Try again in 60 seconds.'],
      [403, 'The link has expired.'],
      [404, 'There is no such log.'],
    ])(
      'of a file that the service refuses with %i, and stays where it is',
      async (status, detail) => {
        const { page } = await working(KEEPER)
        await page.route(`**${API}/*.csv?**`, (route) =>
          route.fulfill({ status, json: { errors: [{ detail }] } }),
        )
        const item = page.locator('#exports li').first()
        await item.getByRole('button', { name: 'Download CSV' }).click()
        await item.getByRole('alert').getByText(detail).waitFor()
        expect(page.url()).toBe(`${origin()}/`)
        await hasCount(page, '2 contacts selected')
        await page.unrouteAll()
        const [file] = await Promise.all([
          page.waitForEvent('download'),
          item.getByRole('button', { name: 'Download CSV' }).click(),
        ])
        expect(file.suggestedFilename()).toMatch(/^contacts-\d{8}\.csv$/)
        expect(await item.locator('[role=alert]').textContent()).toBe('')
      },
    )

    it('in the words of the token that was entered', async () => {
      const { page } = await opened('/')
      await page.getByLabel('Token').fill('eyJhbGciOiJIUzI1NiJ9.e30–.x')
      await page.keyboard.press('Enter')
      const alert = page.getByRole('alert').getByText('The token contains “–” as its character 25')
      await alert.waitFor()
      await isNear(alert, page.getByLabel('Token'))
      expect(await violationsOf(page)).toEqual([])
      await page.getByLabel('Token').fill(`“Bearer ${await tokenOf(USER)}”\u200B`)
      await page.keyboard.press('Enter')
      await hasCount(page, '2 contacts selected')
    })
  })

  it('scrolls to what went wrong with the filter where that is out of sight', async () => {
    const { page } = await working(USER, { viewport: { width: 375, height: 560 } })
    await page.route(`**${API}/preview?**`, (route) => route.abort())
    await page.getByLabel('Account list').selectOption({ label: 'Smith Ministry' })
    const alert = page.getByRole('alert').getByText('The service cannot be reached')
    await alert.waitFor()
    const box = await alert.boundingBox()
    expect(box && box.y + box.height).toBeLessThanOrEqual(560)
  })

  it('shows a page of older exports once when its button is clicked twice', async () => {
    const { page } = await working(PAGER)
    const asked: string[] = []
    page.on('request', (request) => {
      if (decodeURI(request.url()).includes('page[after]')) asked.push(request.url())
    })
    await page.getByRole('button', { name: 'Show older ones' }).dblclick()
    await expect.poll(() => page.locator('#exports li').count()).toBe(20)
    expect(asked).toHaveLength(1)
    const held = Promise.withResolvers<void>()
    await page.route(`**${API}?**`, async (route) => {
      await held.promise
      await route.continue()
    })
    const more = page.getByRole('button', { name: 'Show older ones' })
    await more.focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    held.resolve()
    await expect.poll(() => page.locator('#exports li').count()).toBe(LOGS)
    expect(asked).toHaveLength(2)
    expect(await more.isVisible()).toBe(false)
    expect(
      await page.evaluate(
        `[...document.querySelectorAll('#exports li')].findIndex((item) => item.contains(document.activeElement))`,
      ),
    ).toBe(20)
  })

  it('makes one export of a double click', async () => {
    const { page } = await working()
    const posted: string[] = []
    page.on('request', (request) => {
      if (request.method() === 'POST') posted.push(request.url())
    })
    await page.getByRole('button', { name: 'Export as CSV' }).dblclick()
    await page.getByText('the file is in your downloads').waitFor()
    expect(posted).toHaveLength(1)
  })

  it('shows 20,000 ticked contacts as a count, which opens', async () => {
    const { page, faults } = await working(TICKER, NARROW)
    const headers = {
      Authorization: `Bearer ${await tokenOf(TICKER)}`,
      'Content-Type': 'application/json',
    }
    for (const filter of LONG_FILTERS) {
      const data = { data: { type: 'export_logs', attributes: { params: { filter } } } }
      const response = await page.request.post(`${origin()}${API}`, { headers, data })
      expect([response.status(), await response.text()]).toEqual([201, expect.any(String)])
    }
    await page.reload()
    const items = page.locator('#exports li')
    // A page of logs ends at 1 MiB of params.
    await page.getByRole('button', { name: 'Show older ones' }).click()
    await expect.poll(() => items.count()).toBe(5)
    const summaries = items.locator('summary')
    expect((await summaries.allInnerTexts()).toSorted()).toEqual([
      '20,000 ticked contacts',
      '20,000 ticked contacts',
      'All but 1 ticked contact',
      `church: ${'w'.repeat(120)} …`,
      'city: 200 values',
    ])
    expect(await heightOf(page)).toBeLessThan(3500)
    const item = items.filter({ hasText: 'newsletter: all' })
    await item.locator('summary').click()
    await item.getByText(ticked.at(-1) ?? '').waitFor()
    expect(await heightOf(page)).toBeLessThan(3900)
    expect(await overflowOf(page)).toBe(0)
    expect(await violationsOf(page)).toEqual([])
    expect(faults).toEqual([])
  })

  it('makes CSV for Excel unless another is chosen, and gives the same file again', async () => {
    const { page } = await working()
    const marks: boolean[] = []
    const press = async (button: Locator) => {
      const [file] = await Promise.all([page.waitForEvent('download'), button.click()])
      const bytes = await readFile(await file.path())
      expect(bytes.toString()).toContain('José')
      marks.push(BYTE_ORDER_MARK.every((byte, index) => bytes[index] === byte))
    }
    // Exports of the same second are in the order of their ids: an item is found by its file.
    const itemWith = (file: string) => page.locator('#exports li').filter({ hasText: file }).first()
    await press(page.getByRole('button', { name: 'Export as CSV' }))
    await press(itemWith('CSV for Excel: 2 rows').getByRole('button', { name: 'Download CSV' }))
    await page.getByLabel('CSV for Excel').uncheck()
    await press(page.getByRole('button', { name: 'Export as CSV' }))
    await press(itemWith('CSV: 2 rows').getByRole('button', { name: 'Download CSV' }))
    expect(marks).toEqual([true, true, false, false])
  })

  it('keeps a download under way when the list is shown anew, and cancels it', async () => {
    const { page } = await working(KEEPER)
    const item = page.locator('#exports li').first()
    await page.route(`**${API}/*.xlsx?**`, () => undefined)
    await item.getByRole('button', { name: 'Download XLSX' }).click()
    await item.getByText('Asking for the file').waitFor()
    await page.getByRole('button', { name: 'Export as CSV' }).click()
    await expect.poll(() => page.locator('#exports li').count()).toBe(11)
    const busy = page.locator('#exports li').nth(1)
    await busy.getByRole('button', { name: 'Cancel' }).click()
    await busy.getByText('Cancelled: no file was saved.').waitFor()
  })

  it('shows a new export first, though an older list arrives later', async () => {
    const { page } = await opened('/')
    const held = Promise.withResolvers<void>()
    await page.route(
      `**${API}?**`,
      async (route) => {
        await held.promise
        await route.continue().catch(() => undefined)
      },
      { times: 1 },
    )
    await page.getByLabel('Token').fill(await tokenOf(KEEPER))
    await page.keyboard.press('Enter')
    await hasCount(page, '2 contacts selected')
    await page.getByLabel('for a mailing').check()
    await page.getByRole('button', { name: 'Export as XLSX' }).click()
    const first = page.locator('#exports li').first()
    await first.getByText('XLSX: 2 rows').waitFor()
    held.resolve()
    await page.waitForLoadState('networkidle')
    expect(await first.innerText()).toContain('Contacts Mailing')
    expect(await page.locator('#exports li').count()).toBe(10)
  })

  it('tells of a filter that is too long to be looked at', async () => {
    const { page } = await working()
    await page.getByLabel('Tags').fill('tag,'.repeat(30_000))
    const alert = page.getByRole('alert').getByText('That was too long for the service.')
    await alert.waitFor()
    await isNear(alert, page.getByLabel('Tags'))
    expect(await page.locator('#count').innerText()).toBe('')
  })

  it('makes items of the lines that are pasted as tags', async () => {
    const { page } = await working()
    await page.evaluate(`(() => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', 'vip\\r\\n\\r\\nboard member\\n')
      const tags = document.querySelector('[name=tags]')
      tags.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    })()`)
    expect(await page.getByLabel('Tags').inputValue()).toBe('vip, board member')
    await hasCount(page, '0 contacts selected')
  })

  it('makes browsers warn of nothing', async () => {
    const { faults } = await working()
    expect(faults).toEqual([])
  })
})

const heightOf = (page: Page) => page.evaluate('document.documentElement.scrollHeight')

/** Expects that a message can be seen, not far from a control. */
async function isNear(message: Locator, control: Locator): Promise<void> {
  const [box, other] = [await message.boundingBox(), await control.boundingBox()]
  const height = message.page().viewportSize()?.height ?? 0
  if (!box || !other) throw new Error('Neither the message nor the control may be hidden.')
  expect(box.y).toBeGreaterThanOrEqual(0)
  expect(box.y + box.height).toBeLessThanOrEqual(height)
  expect(Math.abs(box.y - other.y)).toBeLessThan(250)
}
