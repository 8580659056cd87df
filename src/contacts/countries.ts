import { iso31661 } from 'iso-3166'

/** The ISO 3166-1 alpha-2 code of a country, by its English name or any of its ISO codes; none for one that nobody knows. */
export const countryCode = (country: string): string | undefined =>
  codes.get(country.toUpperCase()) ?? codesByName().get(nameKey(country))

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

/** Codes in use though ISO 3166-1 has only reserved them, and whose they are. */
const RESERVED_CODES: readonly Entry[] = [
  ['UK', 'GB'],
  ['XK', 'XK'],
]

/** Names in use beside those of ISO and Unicode: former, short and official ones, and parts with a post office in common. */
const OTHER_NAMES: readonly (readonly [code: string, ...names: readonly string[]])[] = [
  ['AE', 'UAE'],
  ['AG', 'Antigua'],
  ['CD', 'DR Congo', 'DRC', 'Zaire'],
  ['CG', 'Republic of the Congo'],
  ['CI', 'Ivory Coast'],
  ['CN', "People's Republic of China", 'PRC'],
  ['CZ', 'Czech Republic'],
  ['DE', 'Federal Republic of Germany'],
  ['FK', 'Falkland Islands'],
  ['GB', 'Great Britain', 'Britain', 'England', 'Scotland', 'Wales', 'Northern Ireland'],
  ['HK', 'Hong Kong SAR', 'Hong Kong SAR China', 'Hong Kong, China'],
  ['IE', 'Republic of Ireland', 'Eire'],
  ['KG', 'Kyrgyz Republic'],
  ['KR', 'Korea', 'S. Korea'],
  ['LY', 'Libyan Arab Jamahiriya'],
  ['MK', 'Macedonia', 'Republic of Macedonia', 'Former Yugoslav Republic of Macedonia'],
  ['MM', 'Burma'],
  ['MO', 'Macau', 'Macao SAR China'],
  ['NL', 'Holland'],
  [
    'PS',
    'Palestine',
    'Palestinian Territories',
    'Palestinian Territory',
    'Occupied Palestinian Territory',
  ],
  ['SK', 'Slovak Republic'],
  ['SZ', 'Swaziland'],
  ['TL', 'East Timor'],
  ['TR', 'Turkey'],
  ['TT', 'Trinidad'],
  ['US', 'USA', 'America'],
  ['VA', 'Vatican', 'Holy See (Vatican City State)'],
  ['ZA', 'Republic of South Africa'],
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
 * What all spellings of a name have in common: its words without accents, marks and small words, in alphabetical order, so
 * that `Korea, Republic of` is `the Republic of Korea`.
 */
function nameKey(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[\p{M}.'’]/gu, '')
    .toLowerCase()
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? [])
    .filter((word) => !SMALL_WORDS.has(word))
    .map((word) => (word === 'st' ? 'saint' : word))
    .toSorted()
    .join(' ')
}

function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined
  return () => (made ??= make())
}
