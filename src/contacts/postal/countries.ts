import { iso31661 } from 'iso-3166'
import { isPlaceholder, LANGUAGES, OTHER_NAMES } from './country-names.ts'

/**
 * The ISO 3166-1 alpha-2 code of a country, by its name in English or another of the languages known here, by any of its ISO
 * codes, or by several of these (`USA (United States)`); none for one that nobody knows.
 */
export function countryCode(country: string): string | undefined {
  const known = recentCodes.get(country)
  if (known !== undefined) return known || undefined
  const code = codeOfNames(country)
  if (recentCodes.size === RECENT_CODES) recentCodes.clear()
  recentCodes.set(country, code ?? '')
  return code
}

/** Countries that have been looked up, `''` for what is none: most contacts of a file live in a few. */
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
  // The first is the closer one, as in `Puerto Rico, USA`; but for the state that has a country's name.
  return codes[0] === 'GE' && codes.includes('US') ? 'US' : codes[0]
}

/** Whether a text names no country: a placeholder, or no letter at all and no code. */
export const isNoCountry = (text: string): boolean =>
  !codes.has(text.toUpperCase()) && (isPlaceholder(text) || !/\p{L}/u.test(text))

/** The English name where a code is stored, else the text as it is. */
export function countryName(country: string): string {
  const code = codes.get(country.toUpperCase())
  return (code && englishNames().long.of(code)) ?? country
}

/** Whether two texts mean one country, be it one that nobody knows. */
export function isSameCountry(one: string, other: string): boolean {
  if (one === other) return true
  const code = countryCode(one)
  return code ? code === countryCode(other) : nameKey(one) === nameKey(other)
}

/**
 * The code of a country by its English name, or by its own as far as `OTHER_NAMES` has it: where the name of a place is looked
 * at, which can be that of a country in some other language (`Brasília`).
 */
export const englishCountryCode = (name: string): string | undefined =>
  codesByName().get(nameKey(name))

/** Codes in use though ISO 3166-1 has only reserved them, and whose they are. */
const RESERVED_CODES: readonly Entry[] = [
  ['UK', 'GB'],
  ['XK', 'XK'],
]

const SMALL_WORDS: ReadonlySet<string> = new Set(['the', 'of', 'and'])

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

/** Made when an address first asks: to load them takes 25 ms, which no other request should wait for. */
const englishNames = once(() => ({
  long: new Intl.DisplayNames('en', { type: 'region' }),
  short: new Intl.DisplayNames('en', { type: 'region', style: 'short' }),
}))

const codesByName = once(() => {
  const { long, short } = englishNames()
  return new Map([
    ...iso31661.map(({ name, alpha2 }): Entry => [nameKey(name), alpha2]),
    ...[...new Set(codes.values())].flatMap((code): Entry[] => [
      [nameKey(long.of(code) ?? code), code],
      [nameKey(short.of(code) ?? code), code],
    ]),
    ...OTHER_NAMES.flatMap(([code, ...names]) => names.map((name): Entry => [nameKey(name), code])),
  ])
})

/**
 * Names in other languages, without those that mean one country in one language and another elsewhere. Made when a name is
 * not English: to collect some ten thousand takes some 100 ms, once.
 */
const codesByForeignName = once(() => {
  const found = new Map<string, string | undefined>()
  for (const language of LANGUAGES) {
    const names = new Intl.DisplayNames(language, { type: 'region' })
    for (const code of new Set(codes.values())) {
      const key = nameKey(names.of(code) ?? code)
      found.set(key, found.has(key) && found.get(key) !== code ? undefined : code)
    }
  }
  return found
})

/** The code of a country by one name or code. */
function codeOf(country: string): string | undefined {
  const stored = codes.get(country.trim().toUpperCase())
  if (stored) return stored
  const key = nameKey(country)
  if (key === '') return undefined
  return codesByName().get(key) ?? codeOfInitials(country) ?? codesByForeignName().get(key)
}

/** `G.B.` or `D. E.` */
const codeOfInitials = (text: string): string | undefined =>
  /^\s*[a-z](?:[.\s]+[a-z])+[.\s]*$/i.test(text)
    ? codes.get(text.replace(/[.\s]/g, '').toUpperCase())
    : undefined

/** What can stand between two names of a country. */
const SEPARATORS = /[()[\]/|,;:–—]| - /

/**
 * What all spellings of a name have in common: its words without accents, marks and small words, in alphabetical order, so
 * that `Korea, Republic of` is `the Republic of Korea`.
 */
function nameKey(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f.'’‘ʼʻ`]/g, '')
    .toLowerCase()
  const words = (plain.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).filter((word) => !SMALL_WORDS.has(word))
  return (
    words
      .join(' ')
      // `U. S. A.` is `USA`.
      .replace(/(?<=(?:^| ).) (?=.(?: |$))/gu, '')
      .split(' ')
      .map((word) => (word === 'st' ? 'saint' : word))
      .toSorted()
      .join(' ')
  )
}

function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined
  return () => (made ??= make())
}
