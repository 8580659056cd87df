import { describe, expect, it } from 'vitest'
import { readToken, userOf } from '../../site/console/sign-in/token-text.ts'

const withClaims = (claims: unknown) =>
  `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`

describe('a token as people paste it', () => {
  it.each([
    ['blanks around it', ' a.b-_.c\t'],
    ['a line end', 'a.b-_.c\n'],
    ['line breaks in it', 'a.\nb-\r\n_.c'],
    [
      'no-break and zero-width spaces, a soft hyphen, a byte order mark',
      '\uFEFFa.\u00A0b\u00AD-\u200B_.c\u2060',
    ],
    ['Bearer before it', 'Bearer a.b-_.c'],
    ['bearer and a no-break space', 'bearer\u00A0a.b-_.c'],
    ['the whole header', 'Authorization: Bearer a.b-_.c'],
    ['quotes', '"a.b-_.c"'],
    ['single quotes', "'a.b-_.c'"],
    ['typographic quotes', '“a.b-_.c”'],
    ['German quotes', '„a.b-_.c“'],
    ['French quotes', '« a.b-_.c »'],
    ['quotes around Bearer', '"Bearer a.b-_.c",'],
    ['Bearer before quotes', 'Bearer “a.b-_.c”'],
    ['a member of JSON', '{"token": "a.b-_.c"}'],
    ['a variable', 'access_token=a.b-_.c'],
    ['the line for a shell that `npm start` prints', 'export TOKEN=a.b-_.c'],
    ['angle brackets', '<a.b-_.c>'],
  ])('is read with %s', (_, text) => {
    expect(readToken(text)).toEqual({ token: 'a.b-_.c' })
  })

  it.each([
    ['an en dash', 'a.b–c.d', '–', 4],
    ['an em dash', 'a.b.—c', '—', 5],
    ['an ellipsis where it was cut', 'a.b…', '…', 4],
    ['a quote within it', 'a.b"c.d', '"', 4],
    ['a letter with an accent', 'é.b.c', 'é', 1],
    ['a character beyond the first plane', 'a.😀.c', '😀', 3],
  ])('is refused with %s', (_, text, character, place) => {
    expect(readToken(text)).toEqual({ fault: { character, position: place } })
  })

  it.each(['', ' ', 'Bearer', '""', '\u200B'])('is missed in %j', (text) => {
    expect(readToken(text)).toEqual({ fault: 'missing' })
  })

  it.each(['bearer.b.c', 'token.b.c', 'Bearera.b.c'])('is left as it is: %s', (token) => {
    expect(readToken(token)).toEqual({ token })
  })
})

describe('the user of a token', () => {
  it.each([
    [withClaims({ sub: 'c', user_uuid: 'b', user_id: 'a' }), 'a'],
    [withClaims({ sub: 'c', user_uuid: 'b' }), 'b'],
    [withClaims({ sub: 'c' }), 'c'],
    [withClaims({ user_id: 5, sub: 'c' }), undefined],
    [withClaims({}), undefined],
    [withClaims(null), undefined],
    ['nonsense', undefined],
    ['a.%%%.c', undefined],
  ])('is read from %s', (token, user) => {
    expect(userOf(token)).toBe(user)
  })
})
