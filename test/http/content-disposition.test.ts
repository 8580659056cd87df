import { describe, expect, it } from 'vitest'
import { attachment } from '../../src/http/content-disposition.ts'

describe('the name of a download', () => {
  it.each([
    ['contacts.csv', 'attachment; filename="contacts.csv"'],
    ['a b (1), c; d.csv', 'attachment; filename="a b (1), c; d.csv"'],
    ['Büro.csv', `attachment; filename="Buro.csv"; filename*=UTF-8''B%C3%BCro.csv`],
    ['教会 1.csv', `attachment; filename="__ 1.csv"; filename*=UTF-8''%E6%95%99%E4%BC%9A%201.csv`],
    ['50%25.csv', `attachment; filename="50_25.csv"; filename*=UTF-8''50%2525.csv`],
    [
      `it's (é)*!.csv`,
      `attachment; filename="it's (e)*!.csv"; filename*=UTF-8''it%27s%20%28%C3%A9%29%2A!.csv`,
    ],
  ])('%s is written so that every client reads it', (name, header) => {
    expect(attachment(name)).toBe(header)
  })
})
