import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { call, EXPORTS, MAILING, post } from '../helpers/api.ts'
import { add, addContact, addList, addTryingContacts, LIST } from '../helpers/contacts.ts'
import { emptyStorage } from '../helpers/database.ts'
import { logOf } from '../helpers/files.ts'
import { pdfTexts } from '../helpers/pdf-texts.ts'

beforeEach(async () => {
  await emptyStorage()
  await addList(LIST, { home_country: 'United States' })
})

const idOf = async (params: object, path = EXPORTS): Promise<string> => {
  const { status, text } = await post(params, { path })
  expect(status).toBe(201)
  return JSON.parse(text).data.id
}

/** A page of a label sheet, in points. */
const pageOf = (bytes: Uint8Array) =>
  /\/MediaBox\[0 0 ([\d.]+ [\d.]+)\]/.exec(new TextDecoder('latin1').decode(bytes))?.[1]

describe('the labels of a log', () => {
  it('are the address blocks of contacts with a mailing address, under both paths', async () => {
    await addTryingContacts()
    await addContact({ name: 'Nowhere' })
    const id = await logOf({})
    for (const path of [`${EXPORTS}/${id}.pdf`, `${MAILING}/${id}.pdf`]) {
      const { status, headers, bytes } = await call(path)
      expect(status).toBe(200)
      expect(headers.get('Content-Type')).toBe('application/pdf')
      expect(headers.get('Content-Disposition')).toMatch(
        /^attachment; filename="contacts-labels-\d{8}\.pdf"$/,
      )
      expect(pdfTexts(bytes)).toEqual([
        [
          '=SUM(A1), The\n1 Main St\nSpringfield, IL 62701',
          'Jörg & "Jo" Ann Müller\nUnter den Linden 1\nHinterhaus\n01067 Berlin\nGERMANY',
        ],
      ])
    }
  })

  it('are kept once for both paths, with what became of the contacts', async () => {
    await addTryingContacts()
    await addContact({ name: 'Nowhere' })
    const id = await idOf({}, MAILING)
    const first = await call(`${EXPORTS}/${id}.pdf`)
    const again = await call(`${MAILING}/${id}.pdf`)
    expect(again.bytes).toEqual(first.bytes)
    expect(again.headers.get('ETag')).toMatch(/^"/)
    const { files } = JSON.parse((await call(`${EXPORTS}/${id}`)).text).data.meta
    expect(files).toEqual({
      pdf: {
        bytes: first.bytes.length,
        cut: 0,
        labels: 2,
        left_out: 1,
        produced_at: expect.any(String),
        rows: 3,
        sha256: expect.any(String),
        shrunk: 0,
      },
    })
    expect(Object.keys(files.pdf)).toEqual(Object.keys(files.pdf).toSorted())
  })

  it('are an empty sheet where no contact has an address', async () => {
    await addContact()
    const { status, bytes } = await call(`${EXPORTS}.pdf`)
    expect([status, pdfTexts(bytes)]).toEqual([200, [[]]])
  })

  it('need an address of which something is known', async () => {
    const contact = await addContact()
    await add('addresses', { contact_id: contact, street: ' ', country: 'USA' })
    const abroad = await addContact()
    await add('addresses', { contact_id: abroad, country: 'Germany' })
    expect(pdfTexts((await call(`${EXPORTS}.pdf`)).bytes)).toEqual([[]])
  })

  it('count what is printed smaller, and what is cut', async () => {
    const long = 'An address that goes on and on, as some people write them. '.repeat(4)
    for (const street of ['1 Main St', long, Array(30).fill(long).join('\n')]) {
      const contact = await addContact()
      await add('addresses', { contact_id: contact, street, city: 'Springfield' })
    }
    const id = await logOf({})
    await call(`${EXPORTS}/${id}.pdf`)
    const { pdf } = JSON.parse((await call(`${EXPORTS}/${id}`)).text).data.meta.files
    expect(pdf).toMatchObject({ labels: 3, left_out: 0, shrunk: 2, cut: 1 })
  })
})

describe('the template of labels', () => {
  const LETTER = '612 792'
  const A4 = '595.28 841.89'

  it.each([
    [{}, LETTER],
    [{ type: null }, LETTER],
    [{ type: '' }, LETTER],
    [{ type: 'pdf' }, LETTER],
    [{ type: 'csv' }, LETTER],
    [{ type: 'xlsx' }, LETTER],
    [{ type: 'Avery5160' }, LETTER],
    [{ type: 5160 }, LETTER],
    [{ type: 'Avery5610' }, LETTER],
    [{ type: 'Avery7160' }, A4],
    [{ type: 'Avery7610' }, A4],
    [{ type: 'avery L-7163' }, A4],
    [{ template: 'J8160' }, A4],
    [{ type: 'pdf', template: 'L7160' }, A4],
    [{ type: 'Envelope10' }, '684 297'],
    [{ type: 'zweckform 3490' }, A4],
  ])('is chosen by %j', async (params, page) => {
    const id = await idOf(params)
    const { status, bytes } = await call(`${EXPORTS}/${id}.pdf`)
    expect([status, pageOf(bytes)]).toEqual([200, page])
  })

  it.each([
    [{ type: 'Avery1' }, 'type', "'Avery1' is no label template. The templates are 5160, 5161"],
    [{ type: ['Avery5160'] }, 'type', 'A label template is a text.'],
    [{ template: 'A4' }, 'template', "'A4' is no label template."],
    [{ start: 0 }, 'start', 'a number from 1 to 30 on Avery 5160'],
    [{ start: 31 }, 'start', 'a number from 1 to 30'],
    [{ start: 1.5 }, 'start', 'a number from 1 to 30'],
    [{ type: 'L7160', start: 22 }, 'start', 'a number from 1 to 21 on Avery L7160'],
    [{ font_size: 5 }, 'font_size', 'a number of points from 6 to 24'],
    [{ font_size: '25' }, 'font_size', 'a number of points from 6 to 24'],
    [{ font_size: 'large' }, 'font_size', 'a number of points from 6 to 24'],
    [{ border: 'yes' }, 'border', "'border' is true or false."],
  ])(
    'or another option is refused by the file, not by the POST: %j',
    async (params, name, detail) => {
      const id = await idOf(params)
      for (const method of ['GET', 'HEAD']) {
        expect((await call(`${EXPORTS}/${id}.pdf`, { method })).status).toBe(400)
      }
      const { text } = await call(`${MAILING}/${id}.pdf`)
      expect(JSON.parse(text).errors).toMatchObject([
        {
          detail: expect.stringContaining(detail),
          source: { pointer: `/data/attributes/params/${name}` },
        },
      ])
      expect((await call(`${EXPORTS}/${id}.csv`)).status).toBe(200)
    },
  )
})

/** The static assets, of which the first so many requests go wrong. */
const faultyAssets = (faults: number): Fetcher => {
  let requests = 0
  return new Proxy(env.ASSETS, {
    get(assets, name) {
      if (name !== 'fetch') return Reflect.get(assets, name, assets)
      return async (input: URL) => {
        requests += 1
        return requests > faults ? assets.fetch(input) : new Response(null, { status: 503 })
      }
    },
  })
}

const logOfOneLabel = async (): Promise<string> => {
  const contact = await addContact()
  await add('addresses', { contact_id: contact, street: '1 Main St' })
  return logOf({})
}

describe('a fault while a font is loaded', () => {
  it('that stays breaks the transfer, and nothing is kept', async () => {
    const id = await logOfOneLabel()
    const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const bindings = { ASSETS: faultyAssets(Infinity) }
    await expect(call(`${EXPORTS}/${id}.pdf`, { bindings })).rejects.toThrow('The export failed.')
    expect(String(errors.mock.calls[0])).toContain('/fonts/NotoSans.ttf responded with 503')
    errors.mockRestore()
    expect((await env.FILES.list()).objects).toEqual([])
    expect((await call(`${EXPORTS}/${id}.pdf`)).status).toBe(200)
  })

  it('that passes is retried', async () => {
    const id = await logOfOneLabel()
    const { bytes } = await call(`${EXPORTS}/${id}.pdf`, { bindings: { ASSETS: faultyAssets(2) } })
    expect(pdfTexts(bytes)).toEqual([['John Smith\n1 Main St']])
  })
})

describe('labels at once', () => {
  it('take the options of labels as query parameters, and keep them in the log', async () => {
    await addTryingContacts()
    const { status, bytes, headers } = await call(
      `${MAILING}.pdf?type=L7160&start=3&font_size=12.5&border=true`,
    )
    expect([status, pageOf(bytes)]).toEqual([200, '595.28 841.89'])
    const log = /<(.*)>/.exec(headers.get('Link') ?? '')?.[1] ?? ''
    const { params } = JSON.parse((await call(log)).text).data.attributes
    expect(params).toMatchObject({ type: 'L7160', start: '3', font_size: '12.5', border: 'true' })
  })

  it.each(['type=X', 'start=31', 'font_size=2', 'border=1', 'type=L7160&type=L7161'])(
    'refuse %s, and make no log',
    async (query) => {
      const { status, text } = await call(`${EXPORTS}.pdf?${query}`)
      expect(status).toBe(400)
      const [parameter] = query.split('=')
      expect(JSON.parse(text).errors).toMatchObject([{ source: { parameter } }])
      expect(JSON.parse((await call(EXPORTS)).text).meta.total).toBe(0)
    },
  )

  it('are not needed for other formats and previews, which take the options too', async () => {
    for (const path of [`${EXPORTS}.csv?type=X&start=99`, `${EXPORTS}/preview?type=L7160`]) {
      expect((await call(path)).status).toBe(200)
    }
  })
})
