import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import {
  browserAndWorker,
  hasCount,
  overflowOf,
  tokenOf,
  violationsOf,
  WIDE,
} from './browser-and-worker.ts'
import { downloadBy, exportsOf, filterOf } from './console-page.ts'
import { installedBrowser } from './installed-browser.ts'

const USER = '9f7a1c52-0e5b-4a0c-9b61-1c5f9d1c7a01'
const BUSY = '9f7a1c52-0e5b-4a0c-9b61-1c5f9d1c7a02'
const LIST = 'a0000000-0000-4000-8000-000000000001'
const SYNC = '/api/v2/sync'

const id = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`

const rows = [
  `INSERT INTO account_lists (id, name) VALUES ('${LIST}', 'Smith Office')`,
  `INSERT INTO account_list_users (account_list_id, user_id) VALUES ('${LIST}', '${USER}'), ('${LIST}', '${BUSY}')`,
  `INSERT INTO contacts (id, account_list_id, name) VALUES ('${id(1)}', '${LIST}', 'Ann'), ('${id(2)}', '${LIST}', 'Ben')`,
  `INSERT INTO contact_tags (contact_id, name) VALUES ('${id(1)}', 'camp 2026'), ('${id(2)}', 'choir')`,
  `INSERT INTO addresses (id, contact_id, street, city, postal_code, primary_mailing_address)
    VALUES ('${id(1)}', '${id(1)}', '1 Main St', 'Orlando', '32801', 1)`,
  ...Array.from(
    { length: 500 },
    (_, index) =>
      `INSERT INTO export_logs (id, user_id, type, params, created_at, updated_at, updated_in_db_at, export_at)
        SELECT '${id(index)}', '${BUSY}', 'Contacts', '{"filter":{"city":["${index % 7}"]}}', t, t, t, t
        FROM (SELECT datetime('2026-01-01', '+${index} minutes') AS d) JOIN (SELECT replace(datetime('2026-01-01', '+${index} minutes'), ' ', 'T') || 'Z' AS t)`,
  ),
]

describe.skipIf(installedBrowser === undefined)('the file of the console', () => {
  const { opened, origin } = browserAndWorker(rows)

  async function working(user = USER, claims = {}) {
    const { page, faults } = await opened(`/#token=${await tokenOf(user, '1h', claims)}`)
    await hasCount(page, '2 contacts')
    return { page, faults }
  }

  it('has the columns that were chosen by keyboard, in their order, as the preview has', async () => {
    const { page, faults } = await working()
    await page.getByRole('radio', { name: 'My choice' }).check()
    const boxes = page.locator('.columns input')
    for (let index = 2; index < (await boxes.count()); index += 1) {
      await boxes.nth(index).setChecked(false)
    }
    await boxes.nth(1).focus()
    await page.keyboard.press('Alt+ArrowUp')
    await page.getByRole('checkbox', { name: 'Account List Name' }).check()
    await page.getByLabel('in reverse order').check()
    const wanted = ['First Name', 'Contact Name', 'Account List Name']
    await expect.poll(() => page.locator('.scroll thead th').allInnerTexts()).toEqual(wanted)
    const button = page.getByRole('button', { name: 'Download CSV for Excel' })
    const { bytes } = await downloadBy(page, button)
    expect(parse(bytes, { bom: true })).toEqual([
      wanted,
      ['', 'Ben', 'Smith Office'],
      ['', 'Ann', 'Smith Office'],
    ])
    await page.reload()
    await expect.poll(() => page.locator('.scroll thead th').allInnerTexts()).toEqual(wanted)
    expect(faults).toEqual([])
  })

  it('moves a column that is dragged', async () => {
    const { page } = await working()
    await page.getByRole('radio', { name: 'My choice' }).check()
    const handles = page.locator('.columns .handle')
    const names = page.locator('.columns li .check')
    const [first = '', second = ''] = await names.allInnerTexts()
    const [from, to] = [await handles.nth(0).boundingBox(), await handles.nth(2).boundingBox()]
    if (!from || !to) throw new Error('The handles must be visible.')
    await page.mouse.move(from.x + 4, from.y + 4)
    await page.mouse.down()
    await page.mouse.move(to.x + 4, to.y + to.height - 4, { steps: 5 })
    await page.mouse.up()
    await expect.poll(() => names.nth(2).innerText()).toBe(first)
    expect(await names.nth(0).innerText()).toBe(second)
  })

  it('is a sheet of labels from the first free one, with a drawing of it', async () => {
    const { page, faults } = await working()
    await page.getByRole('radio', { name: 'Address labels' }).check()
    await page.getByLabel('Sheet of labels').selectOption('L7160')
    await page.locator('.sheet-choice rect.label').nth(3).click()
    await expect.poll(() => page.getByLabel('First free label').inputValue()).toBe('4')
    await page.locator('.preview-sheet text', { hasText: '1 Main St' }).waitFor()
    expect(await page.locator('.preview-sheet rect.used').count()).toBe(3)
    expect(page.url()).toContain('type=L7160&start=4')
    const { name, bytes } = await downloadBy(
      page,
      page.getByRole('button', { name: 'Download Add' }),
    )
    expect(name).toMatch(/^labels smith-office .*\.pdf$/)
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
    expect(await violationsOf(page)).toEqual([])
    expect(faults).toEqual([])
  })

  it('is remembered for the next time, for its user alone', async () => {
    const { page } = await working()
    await page.getByRole('radio', { name: 'Excel workbook' }).check()
    await downloadBy(page, page.getByRole('button', { name: 'Download Excel' }))
    const next = await working()
    const choice = next.page.getByRole('radio', { name: 'Excel workbook' })
    await expect.poll(() => choice.isChecked()).toBe(true)
    expect(await next.page.evaluate('localStorage.length')).toBe(0)
  })

  it('is renamed among the earlier exports', async () => {
    const { page, faults } = await working()
    await downloadBy(page, page.getByRole('button', { name: /^Download [A-Z]/ }).first())
    const row = exportsOf(page).first()
    await row.getByText('2 contacts').waitFor()
    await row.getByRole('button', { name: /^Rename/ }).click()
    await page.getByLabel('Name of the export').fill('Christmas letter')
    await page.keyboard.press('Enter')
    await row.getByText(/^Christmas letter · 2 contacts/).waitFor()
    const { name } = await downloadBy(page, row.getByRole('button', { name: /^Download/ }))
    expect(name).toMatch(/^contacts christmas-letter /)
    expect(faults).toEqual([])
  })

  it('comes from a filter that was saved by name, on another device', async () => {
    const { page, faults } = await working()
    await filterOf(page, 'Tags').locator('input').fill('cam')
    await page.getByRole('option', { name: 'camp 2026' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await hasCount(page, 'one contact')
    await page.locator('summary', { hasText: 'Saved filters' }).click()
    await page.getByLabel('Name of the filter').fill('Campers')
    await page.keyboard.press('Enter')
    await page.getByText('“Campers” is saved.').waitFor()
    const other = await working()
    await other.page.locator('summary', { hasText: 'Saved filters' }).click()
    expect(await violationsOf(other.page)).toEqual([])
    await other.page.getByRole('button', { name: 'Campers', exact: true }).click()
    await hasCount(other.page, 'one contact')
    await other.page.locator('summary', { hasText: 'Saved filters' }).click()
    await other.page.getByRole('button', { name: 'Delete “Campers”' }).click()
    await other.page.getByText('“Campers” is deleted.').waitFor()
    expect(faults).toEqual([])
  })

  it('shows a page of 500 earlier exports at a time', async () => {
    const { page } = await working(BUSY)
    await page.getByText('1 to 20 of 500').waitFor()
    expect(await exportsOf(page).count()).toBe(20)
    await page.getByRole('button', { name: 'Older' }).click()
    await page.getByText('21 to 40 of 500').waitFor()
    expect(await exportsOf(page).count()).toBe(20)
    await page.getByRole('button', { name: 'Newer' }).click()
    await page.getByText('1 to 20 of 500').waitFor()
    expect(await overflowOf(page)).toBe(0)
  })

  it('shows the runs that brought contacts in, to those who may', async () => {
    const { page, faults } = await working(USER, { scope: 'exports sync' })
    const token = String(await page.evaluate(`sessionStorage.getItem('token')`))
    const line = { type: 'contacts', id: id(9), attributes: { account_list_id: LIST, name: 5 } }
    await page.request.post(`${origin()}${SYNC}`, {
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/x-ndjson' },
      data: `${JSON.stringify(line)}\n`,
    })
    await page.getByRole('button', { name: 'Bring contacts in' }).click()
    await page.getByRole('button', { name: 'Refresh' }).click()
    await page.getByRole('button', { name: 'Show refused lines' }).click()
    await page.getByText('/attributes/name').waitFor()
    expect(await violationsOf(page)).toEqual([])
    expect(faults).toEqual([])
    const sender = await opened(`/#token=${await tokenOf(USER, '1h', { scope: 'sync' })}`)
    await sender.page.getByRole('button', { name: 'Show refused lines' }).waitFor()
    expect(sender.faults).toEqual([])
    const reader = await working()
    expect(await reader.page.getByRole('button', { name: 'Bring contacts in' }).isVisible()).toBe(
      false,
    )
  })

  it('is made by keyboard alone', async () => {
    const { page } = await opened('/', WIDE)
    const press = async (key: string, until: string) => {
      for (let times = 0; times < 100; times += 1) {
        await page.keyboard.press(key)
        if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(until)})`)) return
      }
      throw new Error(`${key} never reaches ${until}.`)
    }
    await page.getByText('Use a token').waitFor()
    await press('Tab', '.sign-in summary')
    await page.keyboard.press('Enter')
    await press('Tab', 'input[type=password]')
    await page.keyboard.insertText(await tokenOf(USER))
    await page.keyboard.press('Enter')
    await hasCount(page, '2 contacts')
    await press('Tab', '[data-key=name_like] input')
    await page.keyboard.type('an')
    await hasCount(page, 'one contact')
    await press('Tab', '.add > summary')
    await page.keyboard.press('Enter')
    await page.keyboard.type('notes')
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.closest("[data-key]").dataset.key')).toBe(
      'notes',
    )
    await press('Shift+Tab', '[data-key=notes] .remove')
    await page.keyboard.press('Enter')
    await press('Tab', '[name=kind]')
    await press('Tab', '.preview-card .primary')
    const download = page.waitForEvent('download')
    await page.keyboard.press('Enter')
    expect((await download).suggestedFilename()).toMatch(/^contacts smith-office /)
  })
})
