import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { parse } from 'csv-parse/sync'
import { SignJWT } from 'jose'
import { chromium, type Browser, type Download, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { linesOfLabels, pdfContents } from '../labels/pdf-contents.ts'
import { templateOf } from '../labels/print-labels.ts'
import { installedBrowser } from './installed-browser.ts'
import { startWorker } from './local-worker.ts'

const SECRET = 'a secret that only this test knows'
const USER = '9f7a1c52-0e5b-4a0c-9b61-1c5f9d1c7a01'
const LIST = 'a0000000-0000-4000-8000-000000000001'
const ACTIVE = '00000000-0000-4000-8000-000000000001'
const HIDDEN = '00000000-0000-4000-8000-000000000002'
const OTHER = '00000000-0000-4000-8000-000000000003'

const rows = [
  `INSERT INTO account_lists (id) VALUES ('${LIST}')`,
  `INSERT INTO account_list_users (account_list_id, user_id) VALUES ('${LIST}', '${USER}')`,
  `INSERT INTO contacts (id, account_list_id, name, status) VALUES
    ('${ACTIVE}', '${LIST}', 'Ann', 'Partner - Financial'), ('${HIDDEN}', '${LIST}', 'Zed', 'Never Ask'),
    ('${OTHER}', '${LIST}', 'Yvonne', 'Partner - Financial')`,
  `INSERT INTO addresses (id, contact_id, street, city, state, postal_code) VALUES
    ('a1', '${ACTIVE}', '1 Main St', 'Springfield', 'IL', '62701'),
    ('a2', '${OTHER}', '2 Main St', 'Dover', 'DE', '19901')`,
]

/** What the web client does to export contacts that were ticked; it runs in the page. */
async function exportTicked({ api, token, format, contentType, filter }: WebClientExport) {
  const posted = await fetch(api, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/vnd.api+json' },
    body: JSON.stringify({
      data: { attributes: { params: { filter, type: format, sort: 'name' } }, type: 'export_logs' },
    }),
  })
  const document: { data: { id: string; links: { csv: string } } } = await posted.json()
  const { id, links } = document.data
  const file = await fetch(`${api}/${id}.${format}?access_token=${token}`, {
    headers: { 'Content-Type': contentType },
  })
  const bytes = [...new Uint8Array(await file.arrayBuffer())]
  const again = await fetch(`${api}/${id}.${format}`, {
    headers: { Authorization: `Bearer ${token}`, Range: 'bytes=0-3' },
  })
  const exposed = ['Content-Disposition', 'Content-Range', 'ETag', 'Repr-Digest']
  return {
    statuses: [posted.status, file.status, again.status],
    location: posted.headers.get('Location'),
    id,
    link: links.csv,
    bytes,
    disposition: file.headers.get('Content-Disposition'),
    headers: exposed.filter((name) => again.headers.has(name)),
  }
}

/** What its button for labels does; it runs in the page. */
async function printLabels({ api, token }: Pick<WebClientExport, 'api' | 'token'>) {
  const posted = await fetch(`${api}/mailing`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/vnd.api+json' },
    body: JSON.stringify({
      data: {
        attributes: { params: { filter: { status: 'active' }, type: 'Avery5160', sort: 'zip' } },
        type: 'export_logs',
      },
    }),
  })
  const document: { data: { id: string; links: { pdf: string } } } = await posted.json()
  const { id, links } = document.data
  const responses: Response[] = []
  for (const url of [`${api}/mailing/${id}.pdf?access_token=${token}`, `${api}/${id}.pdf`]) {
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'text/pdf' }
    responses.push(await fetch(url, { headers }))
  }
  responses.push(await fetch(links.pdf))
  const files = await Promise.all(
    responses.map(async (file) => [...new Uint8Array(await file.arrayBuffer())]),
  )
  return {
    statuses: [posted, ...responses].map(({ status }) => status),
    types: responses.map(({ headers }) => headers.get('Content-Type')),
    disposition: responses[0]?.headers.get('Content-Disposition'),
    files,
  }
}

type WebClientExport = {
  readonly api: string
  readonly token: string
  readonly format: string
  readonly contentType: string
  readonly filter: object
}

describe.skipIf(installedBrowser === undefined)('in a browser, the web client', () => {
  let browser: Browser
  let worker: Awaited<ReturnType<typeof startWorker>>
  let api = ''
  let token = ''
  let port = 0
  const pages = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html')
    response.end('<!doctype html><title>A client of another origin</title>')
  })

  beforeAll(async () => {
    await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve))
    const address = pages.address()
    port = typeof address === 'object' && address !== null ? address.port : 0
    const settings = { JWT_SECRET: SECRET, ALLOWED_ORIGINS: `http://localhost:${port}` }
    const executablePath = installedBrowser ?? ''
    ;[worker, browser, token] = await Promise.all([
      startWorker(rows, settings),
      chromium.launch({ executablePath, args: ['--no-sandbox'] }),
      new SignJWT({ user_id: USER })
        .setProtectedHeader({ alg: 'HS256' })
        .setExpirationTime('1h')
        .sign(new TextEncoder().encode(SECRET)),
    ])
    api = `${worker.origin}/api/v2/contacts/exports`
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await worker?.stop()
    pages.close()
  })

  const pageAt = async (host: string): Promise<Page> => {
    const page = await browser.newPage()
    await page.goto(`http://${host}:${port}/`)
    return page
  }

  const exported = (page: Page, format: string, contentType: string) =>
    page.evaluate(exportTicked, {
      api,
      token,
      format,
      contentType,
      filter: { account_list_id: LIST, any_tags: false, ids: [ACTIVE, HIDDEN] },
    })

  it.each([
    ['csv', 'text/csv'],
    ['xlsx', 'application/xlsx'],
  ])('makes a log and gets its %s from another origin', async (format, contentType) => {
    const page = await pageAt('localhost')
    const { statuses, location, id, bytes, disposition, headers } = await exported(
      page,
      format,
      contentType,
    )
    expect(statuses).toEqual([201, 200, 206])
    expect(location).toBe(`${api}/${id}`)
    expect(disposition).toMatch(new RegExp(`^attachment; filename="contacts-\\d{8}\\.${format}"$`))
    expect(headers).toEqual(['Content-Disposition', 'Content-Range', 'ETag', 'Repr-Digest'])
    await expect
      .poll(() => worker.output())
      .toContain(`OPTIONS /api/v2/contacts/exports/${id}.${format}`)
    const start = Buffer.from(bytes).toString('latin1', 0, 12)
    expect(start).toMatch(format === 'csv' ? /^Contact Name/ : /^PK/)
  })

  it('prints labels in the order of their ZIP codes, from another origin', async () => {
    const page = await pageAt('localhost')
    const { statuses, types, disposition, files } = await page.evaluate(printLabels, { api, token })
    expect(statuses).toEqual([201, 200, 200, 200])
    expect(types).toEqual(['application/pdf', 'application/pdf', 'application/pdf'])
    expect(disposition).toMatch(/^attachment; filename="contacts-labels-\d{8}\.pdf"$/)
    const [first = [], ...others] = files
    for (const other of others) expect(other).toEqual(first)
    const { pieces } = await pdfContents(Uint8Array.from(first))
    const labels = linesOfLabels(pieces, templateOf('5160'))
    expect([...labels]).toEqual([
      [0, ['Yvonne', '2 Main St', 'Dover, DE 19901']],
      [1, ['Ann', '1 Main St', 'Springfield, IL 62701']],
    ])
  })

  it('finds the hidden contacts that were ticked in the file', async () => {
    const { bytes } = await exported(await pageAt('localhost'), 'csv', 'text/csv')
    expect(namesIn(Buffer.from(bytes).toString())).toEqual(['Ann', 'Zed'])
  })

  it('gets nothing at an origin that is not allowed', async () => {
    const page = await pageAt('127.0.0.1')
    await expect(exported(page, 'csv', 'text/csv')).rejects.toThrow('Failed to fetch')
  })

  it('downloads the file when it only follows its URL, as older ones do, or a signed link', async () => {
    const page = await pageAt('localhost')
    const { id, link } = await exported(page, 'csv', 'text/csv')
    for (const url of [`${api}/${id}.csv?access_token=${token}`, link]) {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.evaluate(`location = ${JSON.stringify(url)}`),
      ])
      expect(download.suggestedFilename()).toMatch(/^contacts-\d{8}\.csv$/)
      expect(namesIn(await textOf(download))).toEqual(['Ann', 'Zed'])
    }
  })

  it('shows a person a page when a link was changed', async () => {
    const page = await pageAt('localhost')
    const { link } = await exported(page, 'csv', 'text/csv')
    const refused: string[] = []
    page.on('console', (message) => refused.push(message.text()))
    const response = await page.goto(link.slice(0, -2))
    expect(response?.status()).toBe(403)
    expect(await page.title()).toBe('403 Forbidden')
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(
      'This link is not for you, or no longer valid: download the file again from where you got it.',
    )
    await page.getByRole('link', { name: 'Back to the console' }).waitFor()
    expect(await page.evaluate(`getComputedStyle(document.querySelector('main')).maxWidth`)).toBe(
      '648px',
    )
    expect(refused.filter((text) => text.includes('Content Security Policy'))).toEqual([])
  })
})

const namesIn = (csv: string) =>
  parse(csv)
    .slice(1)
    .map(([name]: string[]) => name)

const textOf = async (download: Download) => readFile(await download.path(), 'utf8')
