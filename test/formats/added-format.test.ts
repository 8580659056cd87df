import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { FileFormat, TableEncoding } from '../../src/formats/file-format.ts'
import { EXPORTS, MAILING, ORIGIN, tokenFor, USER } from '../helpers/api.ts'
import { addContact, addList } from '../helpers/contacts.ts'
import { emptyStorage } from '../helpers/database.ts'

/** Text with a line for each contact; its variant has a line of dashes on top. */
const encoding = (top: string): TableEncoding => ({
  layout: 'table',
  async *encode({ columns }, pages) {
    yield new TextEncoder().encode(`${top}${columns[0]?.heading}\n`)
    for await (const rows of pages) {
      yield new TextEncoder().encode(rows.map(([name]) => `${name}\n`).join(''))
    }
  },
})

const txt: FileFormat = {
  extension: 'txt',
  title: 'Plain text',
  mediaType: 'text/plain; charset=utf-8',
  ...encoding(''),
  variants: [
    { name: 'ruled', title: 'with a rule', description: 'draws a rule', ...encoding('---\n') },
  ],
}

/** The service as it is when the list of formats has one more entry before anything reads it. */
async function serviceWithTxt() {
  vi.resetModules()
  const { fileFormats } = await import('../../src/formats/file-formats.ts')
  Array.prototype.push.call(fileFormats, txt)
  const { app } = await import('../../src/app.ts')
  const { openApiDocument } = await import('../../openapi/document.ts')
  const extensions = fileFormats.map(({ extension }) => extension)
  const titles = fileFormats.map(({ title }) => title)
  return {
    app,
    extensions,
    titles,
    document: JSON.stringify(openApiDocument()),
    paths: openApiDocument().paths,
  }
}

let service: Awaited<ReturnType<typeof serviceWithTxt>>

beforeAll(async () => {
  service = await serviceWithTxt()
})

// Other test files of this worker import the service anew.
afterAll(() => {
  vi.resetModules()
})

beforeEach(async () => {
  await emptyStorage()
  await addList()
  await addContact({ name: 'Smith, John' })
})

async function fetched(path: string, init: RequestInit = {}) {
  const context = createExecutionContext()
  const request = new Request(new URL(path, ORIGIN), init)
  const isSigned = new URL(request.url).searchParams.has('signature')
  if (!isSigned) request.headers.set('Authorization', `Bearer ${await tokenFor(USER)}`)
  const response = await service.app.fetch(request, env, context)
  const text = await response.text()
  await waitOnExecutionContext(context)
  return { status: response.status, headers: response.headers, text }
}

async function newLog(path: string) {
  const headers = { 'Content-Type': 'application/vnd.api+json' }
  const body = JSON.stringify({ data: { type: 'export_logs', attributes: { params: {} } } })
  const { data } = JSON.parse((await fetched(path, { method: 'POST', headers, body })).text)
  return data
}

const listed = (names: readonly string[]) => new Intl.ListFormat('en').format(names)

const TEXT = 'Contact Name\nSmith, John\n'

describe('a format that is added to the list', () => {
  it.each([
    ['contacts', EXPORTS, 'contacts'],
    ['mailing', MAILING, 'contacts-mailing'],
  ])('has a file of each log of %s, by a signed link, and is kept', async (_, path, fileName) => {
    const { id, links } = await newLog(path)
    expect(Object.keys(links)).toEqual(['self', ...service.extensions])
    for (const url of [links.txt, `${path}/${id}.txt`]) {
      const { status, headers, text } = await fetched(url)
      expect([status, text]).toEqual([200, TEXT])
      expect(headers.get('Content-Type')).toBe(txt.mediaType)
      expect(headers.get('Content-Disposition')).toMatch(
        new RegExp(`^attachment; filename="${fileName}-\\d{8}\\.txt"$`),
      )
    }
    const { data } = JSON.parse((await fetched(`${path}/${id}`)).text)
    expect(data.meta.files.txt).toMatchObject({ rows: 1, bytes: TEXT.length })
  })

  it.each([EXPORTS, MAILING])('has one-shot files at %s, in each of its variants', async (path) => {
    expect((await fetched(`${path}.txt`)).text).toBe(TEXT)
    expect((await fetched(`${path}.txt?ruled=true`)).text).toBe(`---\n${TEXT}`)
    expect((await fetched(`${path}.txt?ruled=false&bom=true`)).text).toBe(TEXT)
    const { status, text } = await fetched(`${path}.txt?ruled=perhaps`)
    expect(status).toBe(400)
    expect(text).toContain('ruled=true draws a rule; ruled=false does not.')
  })

  it('keeps a variant beside the file without one', async () => {
    const { id } = await newLog(EXPORTS)
    await fetched(`${EXPORTS}/${id}.txt`)
    await fetched(`${EXPORTS}/${id}.txt?ruled=true`)
    const { data } = JSON.parse((await fetched(`${EXPORTS}/${id}`)).text)
    expect(Object.keys(data.meta.files)).toEqual(['ruled.txt', 'txt'])
  })

  it('is named where a format is unknown', async () => {
    const { status, text } = await fetched(`${EXPORTS}.ods`)
    expect([status, text]).toEqual([404, expect.stringContaining(listed(service.extensions))])
  })

  it('is in the OpenAPI document: paths, links, media type and parameters', () => {
    for (const path of [EXPORTS, MAILING]) {
      expect(Object.keys(service.paths)).toContain(`${path}.txt`)
      expect(Object.keys(service.paths)).toContain(`${path}/{id}.txt`)
    }
    expect(service.document).toContain('"txt":{"type":"string","format":"uri"}')
    expect(service.document).toContain('"text/plain":{"schema":{"type":"string"}}')
    expect(service.document).toContain('"name":"ruled"')
    expect(service.document).toContain(listed(service.titles))
  })
})
