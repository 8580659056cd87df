import type { Page, Route } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { browserAndWorker, hasCount, tokenOf, violationsOf } from './browser-and-worker.ts'
import { exportsOf, filterOf, tick } from './console-page.ts'
import { installedBrowser } from './installed-browser.ts'

const ANN = '9f7a1c52-0e5b-4a0c-9b61-1c5f9d1c7a01'
const BEN = '9f7a1c52-0e5b-4a0c-9b61-1c5f9d1c7a02'
const ANNS_LIST = 'a0000000-0000-4000-8000-000000000001'
const BENS_LIST = 'a0000000-0000-4000-8000-000000000002'

const API = '/api/v2/contacts/exports'

/** All that Ann's session shows has this word in it. */
const OF_ANN = /Secret/

const rows = [
  `INSERT INTO account_lists (id, name) VALUES ('${ANNS_LIST}', 'Secret Ministry'), ('${BENS_LIST}', 'Young Office')`,
  `INSERT INTO account_list_users (account_list_id, user_id) VALUES ('${ANNS_LIST}', '${ANN}'), ('${BENS_LIST}', '${BEN}')`,
  `INSERT INTO contacts (id, account_list_id, name) VALUES
    ('00000000-0000-4000-8000-000000000001', '${ANNS_LIST}', 'Secret One'),
    ('00000000-0000-4000-8000-000000000002', '${ANNS_LIST}', 'Secret Two'),
    ('00000000-0000-4000-8000-000000000003', '${BENS_LIST}', 'Young One')`,
]

describe.skipIf(installedBrowser === undefined)('a session of the console', () => {
  // Playwright turns off that pages come back as they were left.
  const { opened, origin } = browserAndWorker(rows, {
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  })

  /** Ann, with a filter, a preview, an export and an error on her page. */
  async function annAtWork() {
    const token = await tokenOf(ANN)
    const { page } = await opened(`/#token=${token}`)
    await hasCount(page, '2 contacts')
    await tick(page, 'Account list', 'Secret Ministry')
    await nameField(page).fill('Secret')
    await page.getByRole('radio', { name: 'For a mailing' }).check()
    await hasCount(page, '2 contacts')
    await page.getByRole('radio', { name: 'Excel workbook' }).check()
    await page.getByRole('button', { name: 'Download Excel' }).click()
    await page.getByText('is in your downloads').waitFor()
    await exportsOf(page).first().getByText('2 contacts').waitFor()
    await page.route(`**${API}/*.xlsx?**`, (route) => route.fulfill(refused('Secret fault')))
    await exportsOf(page)
      .first()
      .getByRole('button', { name: /^Download/ })
      .click()
    await page.getByText('Secret fault').waitFor()
    return { page, token }
  }

  it('leaves nothing on the page when the token is forgotten', async () => {
    const { page } = await annAtWork()
    await page.getByRole('button', { name: 'Sign out' }).click()
    expect(await contentOf(page)).not.toMatch(OF_ANN)
    expect(await page.evaluate('sessionStorage.length')).toBe(0)
    expect(await page.getByRole('button', { name: 'Sign out' }).isVisible()).toBe(false)
  })

  it('shows the next user nothing of the former, before and after the answers come', async () => {
    const { page } = await annAtWork()
    await page.getByRole('button', { name: 'Sign out' }).click()
    const held = await holdRequests(page)
    await signInAsBen(page)
    await page.getByText('Counting …').waitFor()
    expect(await contentOf(page)).not.toMatch(OF_ANN)
    expect(await nameField(page).inputValue()).toBe('')
    expect(await page.getByLabel('All of a contact').isChecked()).toBe(true)
    await held.release()
    await hasCount(page, 'one contact')
    await page.getByText('You have not exported anything yet').waitFor()
    const lists = filterOf(page, 'Account list')
    await lists.locator('summary').click()
    expect(await lists.locator('.choices label').allInnerTexts()).toEqual(['Young Office'])
    expect(await contentOf(page)).not.toMatch(OF_ANN)
  })

  it('shows nothing of the former user when the next token cannot be sent, or is not accepted', async () => {
    const { page } = await annAtWork()
    await page.getByRole('button', { name: 'Sign out' }).click()
    for (const token of ['eyJhbGciOiJIUzI1NiJ9.e30–.x', 'eyJhbGciOiJIUzI1NiJ9.e30.x']) {
      await openTokenField(page)
      await page.getByLabel('Token').fill(token)
      await page.keyboard.press('Enter')
      await page.getByRole('alert').getByText('token').waitFor()
      await expect.poll(() => page.evaluate('document.activeElement.type')).toBe('password')
      expect(await page.getByLabel('Token').inputValue()).toBe('')
      expect(await contentOf(page)).not.toMatch(OF_ANN)
    }
  })

  it('lets nothing appear that was asked for by the former user', async () => {
    const { page } = await opened('/')
    const held = await holdRequests(page)
    await openTokenField(page)
    await page.getByLabel('Token').fill(await tokenOf(ANN))
    await page.keyboard.press('Enter')
    await expect.poll(() => held.count()).toBe(2)
    await page.getByRole('button', { name: 'Download CSV for Excel' }).click()
    await expect.poll(() => held.count()).toBe(3)
    const downloads: unknown[] = []
    page.on('download', (download) => downloads.push(download))
    const failed: (string | undefined)[] = []
    page.on('requestfailed', (request) => failed.push(request.failure()?.errorText))
    await page.getByRole('button', { name: 'Sign out' }).click()
    await expect.poll(() => failed).toEqual(Array.from({ length: 3 }, () => 'net::ERR_ABORTED'))
    await signInAsBen(page)
    await held.release()
    await hasCount(page, 'one contact')
    expect(await contentOf(page)).not.toMatch(OF_ANN)
    expect(downloads).toEqual([])
  })

  it('stops the downloads that are under way when it ends', async () => {
    const { page } = await annAtWork()
    await page.unrouteAll()
    const held = await holdRequests(page, '*.xlsx?**')
    await exportsOf(page)
      .first()
      .getByRole('button', { name: /^Download/ })
      .click()
    await expect.poll(() => held.count()).toBe(1)
    const failed = page.waitForEvent('requestfailed')
    await page.getByRole('button', { name: 'Sign out' }).click()
    expect((await failed).url()).toContain('.xlsx')
  })

  it.each([
    ['on the page', false],
    ['on a new page', true],
  ])('asks before a link replaces it, and goes on or ends as it is told: %s', async (_, isNew) => {
    const { page } = await annAtWork()
    const follow = async (token: string) => {
      if (isNew) await page.goto('about:blank')
      await page.goto(`${origin()}/#token=${token}`)
      await page.getByRole('heading', { name: 'Replace the session' }).waitFor()
      expect(page.url()).not.toContain('token')
      expect(await page.getByRole('main').innerText()).not.toMatch(OF_ANN)
    }
    await follow(await tokenOf(BEN))
    expect(await violationsOf(page)).toEqual([])
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H2')
    await page.getByRole('button', { name: 'Keep this session' }).click()
    await hasCount(page, '2 contacts')
    expect(await nameField(page).inputValue()).toBe(isNew ? '' : 'Secret')
    await follow(await tokenOf(BEN))
    await page.getByRole('button', { name: 'Use the new token' }).click()
    await hasCount(page, 'one contact')
    expect(await contentOf(page)).not.toMatch(OF_ANN)
    await page.reload()
    await hasCount(page, 'one contact')
  })

  it('asks as well when a link names the same user but is not accepted', async () => {
    const { page, token } = await annAtWork()
    const [header, payload] = token.split('.')
    await page.goto(`${origin()}/#token=${header}.${payload}.AAAA`)
    await page.getByRole('heading', { name: 'Replace the session' }).waitFor()
    expect(await page.evaluate('sessionStorage.getItem("token")')).toBe(token)
    await page.getByRole('button', { name: 'Keep this session' }).click()
    await page.getByText('Secret Two').first().waitFor()
  })

  it('goes on with a newer token of the same user', async () => {
    const { page } = await annAtWork()
    const newer = await tokenOf(ANN, '2h')
    await page.goto(`${origin()}/#token=${newer}`)
    await expect.poll(() => page.evaluate('sessionStorage.getItem("token")')).toBe(newer)
    expect(await nameField(page).inputValue()).toBe('Secret')
    const [request] = await Promise.all([
      page.waitForRequest((sent) => sent.url().includes('/preview')),
      nameField(page).fill('Secret O'),
    ])
    expect(await request.headerValue('Authorization')).toBe(`Bearer ${newer}`)
    await hasCount(page, 'one contact')
  })

  it('goes on when a link has a token that cannot be sent, and says so', async () => {
    const { page, token } = await annAtWork()
    await page.goto(`${origin()}/#token=a.b–c.d`)
    await page.getByRole('alert').getByText('nothing has changed here').waitFor()
    expect(await page.evaluate('sessionStorage.getItem("token")')).toBe(token)
    await page.getByText('Secret Two').first().waitFor()
  })

  it('is not brought back by the browser once another has begun', async () => {
    const { page } = await annAtWork()
    await page.goto(`${origin()}/docs/filter`)
    await goBack(page)
    await page.getByText('Secret Two').first().waitFor()
    expect(await nameField(page).inputValue()).toBe('Secret')
    await page.goto(`${origin()}/docs/filter`)
    await page.evaluate(
      (token) => {
        sessionStorage.setItem('token', token)
        sessionStorage.setItem('session', 'another')
      },
      await tokenOf(BEN),
    )
    await goBack(page)
    await hasCount(page, 'one contact')
    expect(await contentOf(page)).not.toMatch(OF_ANN)
  })
})

const nameField = (page: Page) => page.getByRole('textbox', { name: 'Name begins with' })

/**
 * Goes back in the history once the script that does so has ended: the page that it runs in may be
 * gone before its result has arrived.
 */
const goBack = (page: Page) => page.evaluate('void setTimeout(() => history.back(), 100)')

async function openTokenField(page: Page): Promise<void> {
  const field = page.getByLabel('Token')
  await page.getByText('Use a token').waitFor()
  if (!(await field.isVisible())) await page.getByText('Use a token').click()
}

const signInAsBen = async (page: Page) => {
  await openTokenField(page)
  await page.getByLabel('Token').fill(await tokenOf(BEN))
  await page.keyboard.press('Enter')
}

const refused = (detail: string) => ({ status: 429, json: { errors: [{ detail }] } })

/** All that a page holds, shown or not, what is in its fields, and its address. */
const contentOf = async (page: Page): Promise<string> =>
  `${await page.content()} ${page.url()} ${String(await page.evaluate(FIELDS))}`

const FIELDS = `[...document.querySelectorAll('input, textarea, select')].map(({ value }) => value).join()`

/** Holds the requests to the service until they are released. */
async function holdRequests(page: Page, path = '**') {
  const held: Route[] = []
  const url = `**${API}${path === '**' ? '**' : `/${path}`}`
  await page.route(url, (route) => {
    held.push(route)
  })
  const release = async () => {
    await page.unroute(url)
    // Those that were aborted meanwhile cannot go on.
    await Promise.allSettled(held.map((route) => route.continue()))
  }
  return { count: () => held.length, release }
}
