import { describe, expect, it } from 'vitest'
import { browserAndWorker, overflowOf, WIDE } from './browser-and-worker.ts'
import { installedBrowser } from './installed-browser.ts'

describe.skipIf(installedBrowser === undefined)('in a browser', () => {
  const { opened } = browserAndWorker([])

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
})
