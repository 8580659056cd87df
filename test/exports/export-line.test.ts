import { beforeEach, expect, it, vi } from 'vitest'
import { addContact, addList } from '../helpers/contacts.ts'
import { emptyStorage } from '../helpers/database.ts'
import { download, logOf } from '../helpers/files.ts'

beforeEach(async () => {
  await emptyStorage()
  await addList()
})

it.each(['csv', 'xlsx'] as const)(
  'a %s file that is made is one line in the log, beside that of its request',
  async (format) => {
    await addContact()
    await addContact()
    const id = await logOf({})
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined)
    const { bytes } = await download(id, format)
    const lines = log.mock.calls
      .map(([line]) => String(line))
      .filter((line) => line.startsWith('{"event":"export"'))
      .map((line): unknown => JSON.parse(line))
    log.mockRestore()
    const number: unknown = expect.any(Number)
    expect(lines).toEqual([
      {
        event: 'export',
        id,
        format,
        source: 'made',
        rows: 2,
        bytes: bytes.length,
        ms: number,
        first_byte_ms: number,
        d1_queries: number,
        d1_rows_read: number,
      },
    ])
  },
)
