import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserAndWorker, hasCount, violationsOf } from './browser-and-worker.ts'
import { installedBrowser } from './installed-browser.ts'
import { startProvider } from './local-provider.ts'

const ANN = '9f7a1c52-0e5b-4a0c-9b61-1c5f9d1c7a01'
const BEN = '9f7a1c52-0e5b-4a0c-9b61-1c5f9d1c7a02'
const LISTS = ['a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002']

const rows = [
  `INSERT INTO account_lists (id, name) VALUES ('${LISTS[0]}', 'Secret Ministry'), ('${LISTS[1]}', 'Young Office')`,
  `INSERT INTO account_list_users (account_list_id, user_id) VALUES ('${LISTS[0]}', '${ANN}'), ('${LISTS[1]}', '${BEN}')`,
  `INSERT INTO contacts (id, account_list_id, name) VALUES
    ('00000000-0000-4000-8000-000000000001', '${LISTS[0]}', 'Secret One'),
    ('00000000-0000-4000-8000-000000000002', '${LISTS[0]}', 'Secret Two'),
    ('00000000-0000-4000-8000-000000000003', '${LISTS[1]}', 'Young One')`,
]

describe.skipIf(installedBrowser === undefined).each([
  ['a hidden frame', false],
  ['refresh tokens', true],
])('signing in at a provider that renews by %s', (_, hasRefreshTokens) => {
  let provider: Awaited<ReturnType<typeof startProvider>>

  beforeAll(async () => {
    provider = await startProvider({ Ann: ANN, Ben: BEN }, { lifetime: 6, hasRefreshTokens })
  })
  afterAll(() => provider.stop())

  const { opened, origin } = browserAndWorker(rows, {}, () => provider.settings)

  async function signedIn(name: string, hash = '') {
    const { page, faults } = await opened(`/${hash}`)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('link', { name }).click()
    return { page, faults }
  }

  it('leads back to the filter of the address, and renews the token silently', async () => {
    provider.endSession()
    const { page, faults } = await signedIn('Ann', '#filter={"name_like":"secret o"}')
    await hasCount(page, 'one contact')
    expect(new URL(page.url()).searchParams.toString()).toBe('')
    const first = await tokenIn(page)
    await expect.poll(() => tokenIn(page)).not.toBe(first)
    const second = await tokenIn(page)
    await expect.poll(() => tokenIn(page)).not.toBe(second)
    await page.getByRole('textbox', { name: 'Name begins with' }).fill('secret')
    await hasCount(page, '2 contacts')
    expect(await violationsOf(page)).toEqual([])
    const ofOthers = faults.filter((fault) => !fault.startsWith(provider.origin))
    expect(ofOthers).toEqual([])
  })

  it('leaves nothing when the user signs out, and asks who is there then', async () => {
    provider.endSession()
    const { page } = await signedIn('Ann')
    await hasCount(page, '2 contacts')
    await page.getByRole('textbox', { name: 'Name begins with' }).fill('secret')
    await expect.poll(() => page.url()).toContain('filter')
    await page.getByRole('button', { name: 'Sign out' }).click()
    expect(await page.evaluate('sessionStorage.length + localStorage.length')).toBe(0)
    expect(page.url()).toBe(`${origin()}/`)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('link', { name: 'Ben' }).click()
    await hasCount(page, 'one contact')
    expect(await page.content()).not.toContain('Secret')
    await page.evaluate('history.go(-3)')
    await page.waitForTimeout(500)
    expect(`${page.url()} ${await page.content()}`.toLowerCase()).not.toContain('secret')
  })

  it('ends with a sentence when the session of the provider is over', async () => {
    provider.endSession()
    const { page } = await signedIn('Ann')
    await hasCount(page, '2 contacts')
    await page.evaluate(`sessionStorage.removeItem('renewal')`)
    provider.endSession()
    await page.route('**/preview**', (route) =>
      route.fulfill({ status: 401, json: { errors: [{ detail: 'The token has expired.' }] } }),
    )
    await page.getByRole('textbox', { name: 'Name begins with' }).fill('s')
    await page.getByRole('alert').getByText('The token has expired.').waitFor()
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
    expect(await page.content()).not.toContain('Secret')
  })

  it('refuses a response that was not asked for', async () => {
    const { page } = await opened('/signed-in?code=stolen&state=foreign')
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
    expect(await page.evaluate('sessionStorage.length')).toBe(0)
    expect(provider.requests).not.toContain('/token?code=stolen')
  })
})

const tokenIn = (page: Page) => page.evaluate(`sessionStorage.getItem('token')`)
