import { parse } from 'csv-parse/sync'
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
import { addFilter, downloadBy, exportsOf, filterOf, tick, typeValues } from './console-page.ts'
import { installedBrowser } from './installed-browser.ts'

const USER = '9f7a1c52-0e5b-4a0c-9b61-1c5f9d1c7a01'
const EDITOR = '9f7a1c52-0e5b-4a0c-9b61-1c5f9d1c7a02'
const LIST = 'a0000000-0000-4000-8000-000000000001'
const OTHER_LIST = 'a0000000-0000-4000-8000-000000000002'
const CONTACTS = 40
const API = '/api/v2/contacts/exports'

const id = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`

const rows = [
  `INSERT INTO account_lists (id, name) VALUES ('${LIST}', 'Smith Office'), ('${OTHER_LIST}', 'Europe')`,
  `INSERT INTO account_list_users (account_list_id, user_id) VALUES ${[USER, EDITOR]
    .flatMap((user) => [`('${LIST}', '${user}')`, `('${OTHER_LIST}', '${user}')`])
    .join(', ')}`,
  `INSERT INTO contacts (id, account_list_id, name, status, send_newsletter, updated_at) VALUES ${Array.from(
    { length: CONTACTS },
    (_, index) =>
      `('${id(index)}', '${index % 4 === 0 ? OTHER_LIST : LIST}', 'Name ${String(index).padStart(2, '0')}, "a" & b',
        ${index % 5 === 0 ? "'Never Ask'" : 'NULL'}, ${index % 2 === 0 ? "'Both'" : 'NULL'}, '2022-01-12T17:18:07Z')`,
  ).join(', ')}`,
  `INSERT INTO contact_tags (contact_id, name) VALUES ('${id(1)}', 'vip'), ('${id(1)}', 'camp, 2026'), ('${id(2)}', 'vip')`,
]

describe.skipIf(installedBrowser === undefined)('the console', () => {
  const { opened, origin, output } = browserAndWorker(rows)

  async function working(options = WIDE, user = USER, hash = '') {
    const { page, faults } = await opened(`/#token=${await tokenOf(user)}${hash}`, options)
    if (hash === '') await hasCount(page, '32 contacts')
    return { page, faults }
  }

  it('leads from filters by a count and a preview to a file with exactly these rows', async () => {
    const { page, faults } = await working()
    await tick(page, 'Account list', 'Smith Office')
    await tick(page, 'Status', 'Active', 'Hidden')
    await filterOf(page, 'Newsletter')
      .getByLabel('Newsletter', { exact: true })
      .selectOption('both')
    await hasCount(page, '10 contacts')
    await page.getByText('All 10').waitFor()
    const headings = await page.locator('.scroll thead th').allInnerTexts()
    const cells = await page.locator('.scroll tbody tr').first().locator('td').allInnerTexts()
    const button = page.getByRole('button', { name: 'Download CSV for Excel' })
    const { name, bytes } = await downloadBy(page, button)
    expect(name).toMatch(/^contacts smith-office \d{4}-\d\d-\d\d \d{4}\.csv$/)
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const records: string[][] = parse(bytes, { bom: true })
    expect(records.length).toBe(11)
    expect(records[0]).toEqual(headings)
    expect(records[1]?.[0]).toBe(cells[0])
    await page.getByText(`${name} is in your downloads`).waitFor()
    await page.getByText('10 contacts · CSV for Excel · ').waitFor()
    await page
      .getByRole('heading', { name: 'Smith Office · Active and Hidden, newsletter: both ways' })
      .waitFor()
    expect(faults).toEqual([])
  })

  it.each([
    ['Status is marked as valid', 'select', 'No', { status_valid: false }],
    ['Has an e-mail address', 'select', 'Yes', { contact_info_email: 'Yes' }],
    ['Notes contain', 'text', 'camp', { notes: 'camp' }],
    ['City', 'list', 'Berlin', { city: ['Berlin'] }],
    ['Amount of the commitment', 'list', '50.5', { pledge_amount: ['50.5'] }],
    ['Only these contacts', 'area', `${id(1)}\n${id(2)}`, { ids: [id(1), id(2)] }],
    ['Amount of a gift', 'numbers', '5', { donation_amount_range: { min: 5 } }],
    ['Gift is late by', 'numbers', '30', { pledge_late_by: '30' }],
    ['Interval of the commitment', 'words', 'Monthly', { pledge_frequency: ['1'] }],
    ['Last changed', 'date', '2022-01-12', { updated_at: '2022-01-12..' }],
  ])('builds the filter “%s” by a control of its own', async (name, control, value, filter) => {
    const { page, faults } = await working(WIDE, EDITOR)
    const block = await addFilter(page, name)
    if (control === 'select') await block.getByLabel(name, { exact: true }).selectOption(value)
    else if (control === 'list') await typeValues(block, value)
    else if (control === 'numbers') await block.getByLabel('At least').fill(value)
    else if (control === 'date') await block.getByLabel('From').fill(value)
    else if (control === 'words') await tick(page, name, value)
    else await block.getByRole('textbox').fill(value)
    await expect.poll(() => filterInAddress(page.url())).toEqual(filter)
    await page.reload()
    await filterOf(page, name).waitFor()
    expect(filterInAddress(page.url())).toEqual(filter)
    await expect.poll(() => page.locator('#count').innerText()).not.toContain('Counting')
    expect(await page.locator('.fault:not(:empty)').allInnerTexts()).toEqual([])
    await filterOf(page, name)
      .getByRole('button', { name: /^Remove the filter/ })
      .click()
    await hasCount(page, '32 contacts')
    expect(faults).toEqual([])
  })

  it('excludes what a filter selects, and takes any or all of tags and filters', async () => {
    const { page } = await working()
    await typeValues(filterOf(page, 'Tags'), 'vip', 'camp, 2026')
    await hasCount(page, '1 contact|one contact')
    await filterOf(page, 'Tags').getByLabel('Which of the tags').selectOption('any')
    await hasCount(page, '2 contacts')
    await filterOf(page, 'Tags').getByLabel('Condition of “Tags”').selectOption('not')
    await hasCount(page, '30 contacts')
    expect(filterInAddress(page.url())).toEqual({
      tags: ['vip', 'camp, 2026'],
      any_tags: true,
      reverse_tags: true,
    })
    await page.getByLabel('Contacts must match').selectOption('any')
    await hasCount(page, '38 contacts')
  })

  it('holds the filter in the address: back, a bookmark, and after reloading', async () => {
    const { page } = await working()
    await page.getByRole('textbox', { name: 'Name begins with' }).fill('name 0')
    await hasCount(page, '8 contacts')
    const bookmark = page.url()
    await page.getByRole('textbox', { name: 'Name begins with' }).fill('name 1')
    await expect.poll(() => filterInAddress(page.url())).toEqual({ name_like: 'name 1' })
    await page.goBack()
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Name begins with' }).inputValue())
      .toBe('name 0')
    await hasCount(page, '8 contacts')
    await page.reload()
    await hasCount(page, '8 contacts')
    const other = await opened(bookmark.replace(origin(), ''))
    await other.page.getByText('Use a token').click()
    await other.page.getByLabel('Token').fill(await tokenOf(USER))
    await other.page.keyboard.press('Enter')
    await hasCount(other.page, '8 contacts')
    expect(output()).not.toContain('#filter')
  })

  it('warns before an empty file, and makes it all the same when asked', async () => {
    const { page } = await working()
    await page.getByRole('textbox', { name: 'Name begins with' }).fill('nobody')
    await page.getByText('No contact matches these filters.').waitFor()
    await page.getByRole('button', { name: 'Download CSV for Excel' }).click()
    const warning = page.getByRole('alert').getByText('the file would hold the headings only')
    await warning.waitFor()
    const { bytes } = await downloadBy(
      page,
      page.getByRole('button', { name: 'Download it anyway' }),
    )
    expect(parse(bytes, { bom: true })).toHaveLength(1)
  })

  it('takes up an earlier export: uses it again, downloads, deletes, and undoes that', async () => {
    const { page, faults } = await working()
    await tick(page, 'Account list', 'Europe')
    await page.getByRole('radio', { name: 'Excel workbook' }).check()
    await hasCount(page, '8 contacts')
    const { bytes } = await downloadBy(page, page.getByRole('button', { name: 'Download Excel' }))
    const row = exportsOf(page).first()
    await row.getByText('8 contacts · Excel workbook (XLSX)').waitFor()
    await page.reload()
    await page.getByRole('button', { name: 'Clear all filters' }).click()
    await hasCount(page, '32 contacts')
    await row.getByRole('button', { name: /^Use again/ }).click()
    await hasCount(page, '8 contacts')
    expect(await page.getByRole('radio', { name: 'Excel workbook' }).isChecked()).toBe(true)
    const again = await downloadBy(page, row.getByRole('button', { name: /^Download/ }))
    expect(again.bytes).toEqual(bytes)
    expect(again.name).toMatch(/^contacts europe /)
    await row.getByText('Details').click()
    await row.getByText('SHA-256').waitFor()
    const before = await exportsOf(page).count()
    await row.getByRole('button', { name: /^Delete/ }).click()
    await row.getByRole('button', { name: 'Undo' }).click()
    await row.getByRole('button', { name: /^Delete/ }).click()
    const deleted = page.waitForResponse((response) => response.request().method() === 'DELETE')
    expect((await deleted).status()).toBe(204)
    await expect.poll(() => exportsOf(page).count()).toBe(before - 1)
    expect(faults).toEqual([])
  })

  it('shows an export again that was not deleted, and says why beside it', async () => {
    const { page } = await working()
    await downloadBy(page, page.getByRole('button', { name: 'Download CSV for Excel' }))
    const row = exportsOf(page).first()
    await row.getByText('32 contacts').first().waitFor()
    await page.route(`**${API}/*`, (route) =>
      route.request().method() === 'DELETE'
        ? route.fulfill({ status: 503, json: { errors: [{ detail: 'The database is busy.' }] } })
        : route.fallback(),
    )
    await row.getByRole('button', { name: /^Delete/ }).click()
    await row
      .getByRole('alert')
      .getByText(/^Not deleted: .*32 contacts.* The database is busy\. Try again/)
      .waitFor()
    await page.unrouteAll()
    await row.getByRole('button', { name: /^Delete/ }).click()
    await row.getByRole('button', { name: 'Undo' }).click()
    expect(await page.getByText('Not deleted').count()).toBe(0)
  })

  it('sends a deletion that could be undone when the user signs out', async () => {
    const { page } = await working()
    await downloadBy(page, page.getByRole('button', { name: 'Download CSV for Excel' }))
    await exportsOf(page)
      .first()
      .getByRole('button', { name: /^Delete/ })
      .click()
    const deleted = page.waitForResponse((response) => response.request().method() === 'DELETE')
    await page.getByRole('button', { name: 'Sign out' }).click()
    expect((await deleted).status()).toBe(204)
  })

  it('cancels a download at once, leaves none, and says what failed beside the button', async () => {
    const { page } = await working()
    await downloadBy(page, page.getByRole('button', { name: 'Download CSV for Excel' }))
    await page.reload()
    await exportsOf(page).first().waitFor()
    const before = await exportsOf(page).count()
    await page.route(`**${API}/*.csv?**`, () => undefined)
    await page.getByRole('button', { name: 'Download CSV for Excel' }).click()
    await page.getByText('Preparing the file').waitFor()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByText('Cancelled. No file was saved.').waitFor()
    await expect.poll(() => exportsOf(page).count()).toBe(before)
    await page.reload()
    await expect.poll(() => exportsOf(page).count()).toBe(before)
    await page.unrouteAll()
    await page.route(`**${API}/*.csv?**`, (route) =>
      route.fulfill({ status: 429, json: { errors: [{ detail: 'Too many requests.' }] } }),
    )
    await page.getByRole('button', { name: 'Download CSV for Excel' }).click()
    await page.getByRole('alert').getByText('Too many requests.').waitFor()
    expect(await page.getByRole('button', { name: 'Cancel' }).isVisible()).toBe(false)
  })

  it('takes the token out of the address, and keeps it for its tab alone', async () => {
    const token = await tokenOf(USER)
    const { page } = await opened(`/#token=${token}`)
    await hasCount(page, '32 contacts')
    expect(page.url()).toBe(`${origin()}/`)
    expect(output()).not.toContain(token)
    expect(await page.evaluate('localStorage.length + document.cookie.length')).toBe(0)
    await page.reload()
    await hasCount(page, '32 contacts')
  })

  it('says what is wrong, and asks for another token', async () => {
    const { page } = await opened('/#token=nonsense')
    await page.getByRole('alert').getByText('The token is invalid').waitFor()
    await expect.poll(() => page.evaluate('document.activeElement.type')).toBe('password')
  })

  it.each([
    ['de-DE', 'Welche Kontakte?', '32 Kontakte'],
    ['es-MX', '¿Qué contactos?', '32 contactos'],
    ['fr-FR', 'Which contacts?', '32 contacts'],
  ])('speaks the language of the browser: %s', async (locale, heading, count) => {
    const { page } = await opened(`/#token=${await tokenOf(USER)}`, { ...WIDE, locale })
    await page.getByRole('heading', { name: heading }).waitFor()
    await hasCount(page, count)
    expect(await page.evaluate('document.documentElement.lang')).toBe(
      locale.startsWith('fr') ? 'en' : locale.slice(0, 2),
    )
  })

  it.each([
    ['light', 'wide', { ...WIDE, colorScheme: 'light' as const }],
    ['dark', 'narrow', { ...NARROW, colorScheme: 'dark' as const }],
  ])('is for everybody: %s and %s', async (_, __, options) => {
    const { page } = await opened('/', options)
    await page.getByText('Use a token').click()
    await page.getByLabel('Token').waitFor()
    expect(await violationsOf(page)).toEqual([])
    const { page: work } = await working(options)
    await work.locator('.scroll table').waitFor()
    for (const name of ['Last changed', 'City', 'Only these contacts', 'Gift is late by']) {
      await addFilter(work, name)
    }
    await work.getByLabel('My choice').check()
    expect(await violationsOf(work)).toEqual([])
    expect(await overflowOf(work)).toBe(0)
    await work.locator('summary', { hasText: 'Add a filter' }).click()
    expect(await violationsOf(work)).toEqual([])
    expect(await overflowOf(work)).toBe(0)
  })
})

/** The filter that stands in an address. */
function filterInAddress(url: string): unknown {
  const json = new URLSearchParams(new URL(url).hash.slice(1)).get('filter')
  return json === null ? undefined : JSON.parse(json)
}
