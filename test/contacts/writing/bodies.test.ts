import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { addContact, addList, LIST, newId } from '../../helpers/contacts.ts'
import { emptyStorage } from '../../helpers/database.ts'
import { streamOf, write, writeBody } from '../../helpers/write-test-lines.ts'

beforeEach(async () => {
  await emptyStorage()
  await addList()
})

const contact = (attributes: object = {}, id = newId()) => ({
  type: 'contacts',
  id,
  attributes: { account_list_id: LIST, name: 'Doe', ...attributes },
})
const text = (attributes: object = {}): string => JSON.stringify(contact(attributes))

const contacts = async (): Promise<unknown> =>
  env.DB.prepare('SELECT count(*) AS n FROM contacts').first('n')

describe('a body', () => {
  it('has lines that end with LF or CRLF, blank lines, a BOM, and perhaps no last line break', async () => {
    const body = `\uFEFF${text()}\r\n\n  \r\n${text()}\n\r\n{"type":1}\n${text()}`
    const result = await writeBody(streamOf(body))
    expect(result.counts).toMatchObject({ lines: 4, created: 3, failed: 1 })
    expect(result.failures[0]?.line).toBe(6)
  })

  it.each(['\n', '\r\n', ' \n'])('has a limit to its blank lines, %j', async (blank) => {
    const [few, many] = [blank.repeat(50_000), blank.repeat(40_000)]
    const line = `${text()}\n`
    const { end, counts } = await writeBody(streamOf(line, few, line, many, line, many, line, line))
    expect(end).toMatchObject({ state: 'refused', status: 413 })
    expect(counts).toMatchObject({ lines: 3, created: 1, unchanged: 2 })
    expect((await writeBody(streamOf(line, few, line, few, line))).end).toEqual({ state: 'done' })
  })

  it('may come in chunks of any size', async () => {
    const bytes = new TextEncoder().encode(`${text({ name: 'Ünï 😀' })}\r\n${text()}\r\n`)
    const result = await writeBody(streamOf(...[...bytes].map((byte) => Uint8Array.of(byte))))
    expect(result.counts).toMatchObject({ created: 2 })
    const names = await env.DB.prepare("SELECT name FROM contacts WHERE name <> 'Doe'").first(
      'name',
    )
    expect(names).toBe('Ünï 😀')
  })

  it.each(['name,status\nDoe,x\n', '[1]\n', '"text"\n', '{"type":"contacts"\n', '\u0000\n'])(
    'that is no NDJSON at its first line is refused: %j',
    async (body) => {
      const { end, counts } = await writeBody(streamOf(body))
      expect(end).toMatchObject({ state: 'refused', status: 400 })
      expect(counts.lines).toBe(0)
    },
  )

  it('is an error of its line where it is not JSON further down', async () => {
    const lines = [text(), '{"type":', '[]', 'null', text()]
    const { counts, failures } = await write(lines)
    expect(counts).toMatchObject({ created: 2, failed: 3 })
    expect(failures.map((failure) => failure.text)).toEqual(['{"type":', '[]', 'null'])
  })

  it('is an error of its line where it is not UTF-8', async () => {
    const bad = Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d, 0x0a)
    const { counts } = await writeBody(streamOf(`${text()}\n`, bad, `${text()}\n`))
    expect(counts).toMatchObject({ created: 2, failed: 1 })
  })

  it('of nothing is a run of no lines', async () => {
    const { counts, end } = await writeBody(streamOf(''))
    expect(end).toEqual({ state: 'done' })
    expect(counts.lines).toBe(0)
  })

  it('with more than 50,000 lines is refused after the first 50,000', async () => {
    const id = await addContact()
    const line = `{"type":"tasks","id":"${id}"}\n`
    let sent = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const lines = `{"type":"x"}\n`.repeat(5000)
        controller.enqueue(new TextEncoder().encode(sent === 0 ? line + lines : lines))
        sent += 5000
      },
    })
    const { end, counts } = await writeBody(body)
    expect(end).toMatchObject({ state: 'refused', status: 413 })
    expect(JSON.stringify(end)).toContain('50000 lines')
    expect(counts).toMatchObject({ lines: 50_000, failed: 50_000 })
  })

  it('with a line of more than 1 MB is refused, and the others are written', async () => {
    const lines = [text(), text({ notes: 'x'.repeat(2_000_000) }), text()]
    const { end, counts, failures } = await write(lines)
    expect(end).toMatchObject({ state: 'refused', status: 413 })
    expect(JSON.stringify(end)).toContain('Line 2 ')
    expect(counts).toMatchObject({ created: 2, failed: 1 })
    expect(failures[0]).toMatchObject({ line: 2, errors: [{ status: '413' }] })
  })

  it('that breaks off writes what has come, and throws', async () => {
    let isFirst = true
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (!isFirst) throw new Error('The connection is lost.')
        isFirst = false
        controller.enqueue(new TextEncoder().encode(`${text()}\n${text()}\n{"type"`))
      },
    })
    await expect(writeBody(body)).rejects.toThrow('The connection is lost.')
    expect(await contacts()).toBe(2)
  })

  it('has an end line at its end alone', async () => {
    const { counts, failures } = await write([{ end: true, lines: 0 }, text(), { end: true }])
    expect(counts).toMatchObject({ lines: 2, created: 1, failed: 1 })
    expect(failures[0]).toMatchObject({ line: 1 })
  })
})

const ERRORS: readonly (readonly [string, object | string, string])[] = [
  ['an unknown type', { type: 'users', id: newId() }, '/type'],
  ['no type', { id: newId() }, '/type'],
  ['no id', { type: 'contacts' }, '/id'],
  ['an id that is no UUID', { type: 'contacts', id: 'x' }, '/id'],
  ['an unknown member', { type: 'contacts', id: newId(), other: 1 }, '/other'],
  ['an unknown attribute', contact({ 'a/b~c': 1 }), '/attributes/a~1b~0c'],
  ['an attribute that the service makes', contact({ id: newId() }), '/attributes/id'],
  [
    'an owner that follows from the place',
    contact({ addresses: [{ id: newId(), contact_id: newId() }] }),
    '/attributes/addresses/0/contact_id',
  ],
  ['attributes that are no object', { ...contact(), attributes: [] }, '/attributes'],
  ['attributes of a removal', { ...contact(), removed: true }, '/attributes'],
  ['a removal that is no flag', { type: 'contacts', id: newId(), removed: 1 }, '/removed'],
  ['a text for a number', contact({ pledge_amount: '5' }), '/attributes/pledge_amount'],
  [
    'a number that is not finite',
    `{"type":"contacts","id":"${newId()}","attributes":{"pledge_amount":1e999}}`,
    '/attributes/pledge_amount',
  ],
  ['a number for a text', contact({ status: 5 }), '/attributes/status'],
  ['a text for a flag', contact({ no_appeals: 'true' }), '/attributes/no_appeals'],
  ['another number for a flag', contact({ no_appeals: 2 }), '/attributes/no_appeals'],
  ['a day that is not', contact({ late_at: '2023-02-29' }), '/attributes/late_at'],
  ['a time for a date', contact({ late_at: '2023-02-28T00:00:00Z' }), '/attributes/late_at'],
  ['a date for a time', contact({ updated_at: '2023-02-28' }), '/attributes/updated_at'],
  [
    'a time without a zone',
    contact({ updated_at: '2023-02-28T00:00:00' }),
    '/attributes/updated_at',
  ],
  [
    'an hour that is not',
    contact({ updated_at: '2023-02-28T24:00:00Z' }),
    '/attributes/updated_at',
  ],
  [
    'a time before the year 0',
    contact({ updated_at: '0000-01-01T00:00:00+01:00' }),
    '/attributes/updated_at',
  ],
  [
    'a lone surrogate',
    String.raw`{"type":"contacts","id":"${newId()}","attributes":{"name":"\ud800"}}`,
    '/attributes/name',
  ],
  ['a NUL', contact({ notes: 'a\0b' }), '/attributes/notes'],
  ['a tag that is no text', contact({ tags: ['a', null] }), '/attributes/tags/1'],
  ['a list that is none', contact({ tags: 'a' }), '/attributes/tags'],
  ['a person without an id', contact({ people: [{}] }), '/attributes/people/0/id'],
  [
    'a row named twice',
    contact({ addresses: [{ id: LIST }, { id: LIST }] }),
    '/attributes/addresses/1/id',
  ],
  [
    'a person named twice',
    contact({ people: [{ id: LIST }, { id: LIST }] }),
    '/attributes/people/1/id',
  ],
  [
    '__proto__',
    `{"type":"contacts","id":"${newId()}","attributes":{"__proto__":{"name":"x"}}}`,
    '/attributes',
  ],
  [
    '__proto__ of a person',
    `{"type":"contacts","id":"${newId()}","attributes":{"people":[{"id":"${LIST}","__proto__":null}]}}`,
    '/attributes',
  ],
  [
    '10,000 members',
    contact(Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`m${n}`, n]))),
    '/attributes/m0',
  ],
  [
    'depth',
    `{"type":"contacts","id":"${newId()}","attributes":{"name":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`,
    '/attributes/name',
  ],
  ['100,000 tags that are none', contact({ tags: Array.from({ length: 100_000 }, () => 1) }), ''],
]

describe('a line', () => {
  it.each(ERRORS)(
    'with %s is refused, with its place, and the others are written',
    async (_, line, pointer) => {
      const { counts, failures } = await write([contact(), line, contact()])
      expect(counts).toMatchObject({ created: 2, failed: 1 })
      const errors = failures[0]?.errors ?? []
      expect(errors.length).toBeGreaterThan(0)
      expect(errors.length).toBeLessThanOrEqual(20)
      expect(errors[0]?.status).toBe('400')
      expect(errors[0]?.source?.pointer ?? '').toBe(pointer)
      expect(await contacts()).toBe(2)
    },
  )

  it('may have ids in capitals, and a time with a fraction or an offset', async () => {
    const id = newId()
    const line = contact({ updated_at: '2022-01-12t17:18:07.999-07:00' }, id.toUpperCase())
    expect((await write([line])).counts.created).toBe(1)
    const row = await env.DB.prepare('SELECT id, updated_at FROM contacts').first()
    expect(row).toEqual({ id, updated_at: '2022-01-13T00:18:07Z' })
  })
})
