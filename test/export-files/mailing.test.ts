import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { call, EXPORTS, MAILING, ORIGIN, OTHER_USER, post } from '../helpers/api.ts'
import { addList, addTryingContacts, LIST } from '../helpers/contacts.ts'
import { emptyStorage } from '../helpers/database.ts'
import { csvRows, logOf, sheetRows, workbookOf } from '../helpers/files.ts'

beforeEach(async () => {
  await emptyStorage()
  await addList(LIST, { home_country: 'United States' })
  await addTryingContacts()
})

const HEADINGS = [
  'Contact Name',
  'Greeting',
  'Envelope Greeting',
  'Mailing Street Address',
  'Mailing City',
  'Mailing State',
  'Mailing Postal Code',
  'Mailing Country',
  'Address Block',
]

const mailingLogOf = (filter: unknown) => logOf(filter, { path: MAILING })
const keys = async () => (await env.FILES.list()).objects.map(({ key }) => key)
const rowsOf = async (path: string) => csvRows((await call(path)).text)

const cellsOfWorkbook = async (path: string) => {
  const workbook = await workbookOf((await call(path)).bytes)
  return workbook.worksheets.flatMap((sheet) => sheetRows(sheet, HEADINGS.length))
}

describe('a POST of a mailing export', () => {
  it('makes a log of its own type, at its own path', async () => {
    const { status, headers, text } = await post(
      { filter: { status: 'active' } },
      { path: MAILING },
    )
    expect(status).toBe(201)
    const { data } = JSON.parse(text)
    const self = `${ORIGIN}${MAILING}/${data.id}`
    expect(headers.get('Location')).toBe(self)
    expect(data.attributes.type).toBe('Contacts Mailing')
    expect(data.links).toEqual({
      self,
      csv: expect.stringContaining(`${self}.csv?`),
      xlsx: expect.stringContaining(`${self}.xlsx?`),
      pdf: expect.stringContaining(`${self}.pdf?`),
    })
  })

  it('refuses what the other refuses', async () => {
    expect((await post({ filter: { newsletter: 'x' } }, { path: MAILING })).status).toBe(400)
    expect((await post({}, { path: MAILING, user: null })).status).toBe(401)
    expect((await call(MAILING, { method: 'POST' })).status).toBe(415)
  })
})

describe('a log', () => {
  it('is the same at both paths, but for its links', async () => {
    for (const id of [await logOf({}), await mailingLogOf({})]) {
      const [plain, mailing] = [await call(`${EXPORTS}/${id}`), await call(`${MAILING}/${id}`)]
      const { links, ...log } = JSON.parse(plain.text).data
      const { links: mailingLinks, ...mailingLog } = JSON.parse(mailing.text).data
      expect(mailingLog).toEqual(log)
      expect(links.self).toBe(`${ORIGIN}${EXPORTS}/${id}`)
      expect(mailingLinks.self).toBe(`${ORIGIN}${MAILING}/${id}`)
    }
  })

  it('is its user’s alone at the mailing path, too', async () => {
    const id = await logOf({})
    for (const path of [`${MAILING}/${id}`, `${MAILING}/${id}.csv`]) {
      expect((await call(path, { user: OTHER_USER })).status).toBe(403)
      expect((await call(path, { user: null })).status).toBe(401)
    }
    expect((await call(`${MAILING}/abc`)).status).toBe(400)
    expect((await call(`${MAILING}/abc.csv`)).status).toBe(400)
  })
})

describe('a mailing file', () => {
  const rows = [
    HEADINGS,
    [
      "'=SUM(A1), The",
      "'=SUM(A1), The",
      "'=SUM(A1), The",
      '1 Main St',
      'Springfield',
      'IL',
      '62701',
      '',
      "'=SUM(A1), The\n1 Main St\nSpringfield, IL 62701",
    ],
    [
      'Müller, Jörg & "Jo" Ann',
      'Jörg and Ann',
      'Jörg & "Jo" Ann Müller',
      'Unter den Linden 1\nHinterhaus',
      'Berlin',
      '',
      '01067',
      'Germany',
      'Jörg & "Jo" Ann Müller\nUnter den Linden 1\nHinterhaus\n01067 Berlin\nGERMANY',
    ],
  ]

  it('has its columns, of either type of log', async () => {
    expect(await rowsOf(`${MAILING}/${await logOf({})}.csv`)).toEqual(rows)
    const id = await mailingLogOf({})
    expect(await rowsOf(`${MAILING}/${id}.csv`)).toEqual(rows)
    expect(await rowsOf(`${EXPORTS}/${id}.csv`)).toEqual(rows)
  })

  it('has the same cells as a workbook, without the guard', async () => {
    const cells = rows.map((row) => row.map((cell) => cell.replace(/^'/, '')))
    const [log, mailingLog] = [await logOf({}), await mailingLogOf({})]
    expect(await cellsOfWorkbook(`${MAILING}/${log}.xlsx`)).toEqual(cells)
    expect(await cellsOfWorkbook(`${MAILING}/${mailingLog}.xlsx`)).toEqual(cells)
    expect(await cellsOfWorkbook(`${EXPORTS}/${mailingLog}.xlsx`)).toEqual(cells)
  })

  it('of a Contacts log is kept beside the log’s own', async () => {
    const id = await logOf({})
    for (const path of [EXPORTS, MAILING]) {
      for (const file of ['csv', 'xlsx', 'csv?bom=true']) await call(`${path}/${id}.${file}`)
    }
    expect(await keys()).toEqual(
      ['bom.csv', 'csv', 'mailing.bom.csv', 'mailing.csv', 'mailing.xlsx', 'xlsx'].map(
        (variant) => `exports/${id}.${variant}`,
      ),
    )
    const own = await call(`${EXPORTS}/${id}.csv`)
    const mailing = await call(`${MAILING}/${id}.csv`)
    expect(own.headers.get('ETag')).not.toBeNull()
    expect(mailing.headers.get('ETag')).not.toBeNull()
    expect(mailing.headers.get('ETag')).not.toBe(own.headers.get('ETag'))
    expect(csvRows(own.text)[0]).toHaveLength(26)
    expect(csvRows(mailing.text)[0]).toEqual(HEADINGS)
  })

  it('of a mailing log is one file, whichever way it is asked for', async () => {
    const id = await mailingLogOf({})
    const first = await call(`${EXPORTS}/${id}.csv`)
    const second = await call(`${MAILING}/${id}.csv`)
    expect(second.headers.get('ETag')).not.toBeNull()
    expect(second.bytes).toEqual(first.bytes)
    expect(await keys()).toEqual([`exports/${id}.csv`])
  })

  it('is named after what it is', async () => {
    const [log, mailingLog] = [await logOf({}), await mailingLogOf({})]
    await env.DB.prepare(`UPDATE export_logs SET export_at = '2022-01-12T23:59:59Z'`).run()
    for (const [path, name] of [
      [`${EXPORTS}/${log}.csv`, 'contacts-20220112.csv'],
      [`${MAILING}/${log}.csv`, 'contacts-mailing-20220112.csv'],
      [`${MAILING}/${log}.csv?bom=true`, 'contacts-mailing-20220112.csv'],
      [`${EXPORTS}/${mailingLog}.xlsx`, 'contacts-mailing-20220112.xlsx'],
    ] as const) {
      for (const method of ['HEAD', 'GET', 'GET', 'HEAD']) {
        const { headers } = await call(path, { method })
        expect(headers.get('Content-Disposition')).toBe(`attachment; filename="${name}"`)
      }
    }
  })
})
