import { iso31661 } from 'iso-3166'
import { countryNameKey } from './country-name-key.ts'
import { LANGUAGES, OTHER_NAMES } from './country-names.ts'
import { isPlaceholder } from './placeholders.ts'

/**
 * The ISO 3166-1 alpha-2 code of a country, by its name in English or another known language, by
 * any of its ISO codes, or by several of these (`USA (United States)`).
 *
 * @returns `undefined` for an unknown country
 */
export function countryCode(country: string): string | undefined {
  const known = recentCodes.get(country)
  if (known !== undefined) return known || undefined
  const code = codeOfNames(country)
  if (recentCodes.size === RECENT_CODES) recentCodes.clear()
  recentCodes.set(country, code ?? '')
  return code
}

/**
 * The last results, `''` for unknown countries: most contacts of a file live in a few countries.
 */
const recentCodes = new Map<string, string>()
const RECENT_CODES = 1000

function codeOfNames(country: string): string | undefined {
  const whole = codeOf(country)
  if (whole) return whole
  const texts = country.replace(/\bn ?\/ ?a\b/i, '').split(SEPARATORS)
  if (texts.length < 2) return undefined
  // `N/A (USA)` names one country.
  const parts = texts.filter((part) => !isNoCountry(part.trim()))
  if (parts.length === 0) return undefined
  const codes = parts.map(codeOf)
  if (codes.includes(undefined)) return undefined
  // The first is the more exact one, as in `Puerto Rico, USA`. The exception is the state of
  // Georgia.
  return codes[0] === 'GE' && codes.includes('US') ? 'US' : codes[0]
}

/** Whether a text names no country: a placeholder, or a text without letters that is no code. */
export const isNoCountry = (text: string): boolean =>
  !codes.has(text.toUpperCase()) && (isPlaceholder(text) || !/\p{L}/u.test(text))

/** The English name of a stored code, else the text as it is. */
export function countryName(country: string): string {
  const code = codes.get(country.toUpperCase())
  return (code && englishNames().long.of(code)) ?? country
}

/**
 * The code of a country by its English name, or by one of `OTHER_NAMES`. It serves texts that name
 * a place, which can be the name of a country in another language (`Brasília`).
 */
export const englishCountryCode = (name: string): string | undefined =>
  codesByName().get(countryNameKey(name))

/** Codes in use that ISO 3166-1 only reserves, and the codes of their countries. */
const RESERVED_CODES: readonly Entry[] = [
  ['UK', 'GB'],
  ['XK', 'XK'],
]

type Entry = readonly [key: string, code: string]

/** By code in capitals: alpha-2, alpha-3 and numeric. */
const codes = new Map([
  ...iso31661.flatMap(({ alpha2, alpha3, numeric }): Entry[] => [
    [alpha2, alpha2],
    [alpha3, alpha2],
    [numeric, alpha2],
  ]),
  ...RESERVED_CODES,
])

/** Loaded for the first address: this takes 25 ms, which no other request should wait for. */
const englishNames = once(() => ({
  long: new Intl.DisplayNames('en', { type: 'region' }),
  short: new Intl.DisplayNames('en', { type: 'region', style: 'short' }),
}))

const codesByName = once(() => {
  const { long, short } = englishNames()
  return new Map([
    ...iso31661.map(({ name, alpha2 }): Entry => [countryNameKey(name), alpha2]),
    ...[...new Set(codes.values())].flatMap((code): Entry[] => [
      [countryNameKey(long.of(code) ?? code), code],
      [countryNameKey(short.of(code) ?? code), code],
    ]),
    ...OTHER_NAMES.flatMap(([code, ...names]) =>
      names.map((name): Entry => [countryNameKey(name), code]),
    ),
  ])
})

/**
 * Names in other languages, without those that mean different countries in different languages.
 * Loaded for the first name that is not English: some ten thousand names take some 100 ms.
 */
const codesByForeignName = once(() => {
  const found = new Map<string, string | undefined>()
  for (const language of LANGUAGES) {
    const names = new Intl.DisplayNames(language, { type: 'region' })
    for (const code of new Set(codes.values())) {
      const key = countryNameKey(names.of(code) ?? code)
      found.set(key, found.has(key) && found.get(key) !== code ? undefined : code)
    }
  }
  return found
})

/** The code of a country by one name or code. */
function codeOf(country: string): string | undefined {
  const stored = codes.get(country.trim().toUpperCase())
  if (stored) return stored
  const key = countryNameKey(country)
  if (key === '') return undefined
  return codesByName().get(key) ?? codeOfInitials(country) ?? codesByForeignName().get(key)
}

/** `G.B.` or `D. E.` */
const codeOfInitials = (text: string): string | undefined =>
  /^\s*[a-z](?:[.\s]+[a-z])+[.\s]*$/i.test(text)
    ? codes.get(text.replace(/[.\s]/g, '').toUpperCase())
    : undefined

/** What separates two names of a country. */
const SEPARATORS = /[()[\]/|,;:–—]| - /

function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined
  return () => (made ??= make())
}
