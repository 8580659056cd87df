import { readFile } from 'node:fs/promises'
import type { Locator, Page } from 'playwright-core'

/** Parts of the console's page, as its users find them. */

export const filterOf = (page: Page, name: string): Locator =>
  page.locator('.filter').filter({ has: page.locator('.label').getByText(name, { exact: true }) })

/** Ticks words of a closed list. */
export async function tick(page: Page, filter: string, ...words: readonly string[]): Promise<void> {
  const block = filterOf(page, filter)
  await block.locator('summary').click()
  for (const word of words) await block.locator('label').getByText(word, { exact: true }).click()
  await page.keyboard.press('Escape')
}

/** Adds a filter by its name. @returns its block */
export async function addFilter(page: Page, name: string): Promise<Locator> {
  await page.locator('summary', { hasText: 'Add a filter' }).click()
  await page.getByLabel('Search filters').fill(name)
  await page.locator('.add').getByRole('button', { name, exact: true }).click()
  return filterOf(page, name)
}

/** Types values into a list, and confirms each. */
export async function typeValues(block: Locator, ...values: readonly string[]): Promise<void> {
  for (const value of values) {
    await block.getByRole('combobox').or(block.getByRole('textbox')).last().fill(value)
    await block.page().keyboard.press('Enter')
  }
}

/** Presses a button that downloads a file. @returns its name and bytes */
export async function downloadBy(page: Page, button: Locator) {
  const [file] = await Promise.all([page.waitForEvent('download'), button.click()])
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) }
}

export const exportsOf = (page: Page): Locator => page.locator('.exports > li')
