import { formatAddress, type Address as PostalAddress } from 'localized-address-format'
import { isPlaceholder } from './country-names.ts'

/** The parts of an address, each trimmed, `''` where there is none. */
export type AddressParts = {
  readonly street: readonly string[]
  readonly city: string
  readonly state: string
  readonly postalCode: string
}

/** The alpha-2 code of a country whose layout the library knows; it would leave postal code and state out of any other. */
export const hasLayout = (country: string | undefined): country is string =>
  country !== undefined && layoutOf(country, 'latin').isKnown

/** The lines of an address as a country's post office wants them, by libaddressinput's layouts. */
export function laidOut(parts: AddressParts, country: string): readonly string[] {
  const { street, city, state } = parts
  // In their own script Chinese, Japanese and Korean addresses begin with the largest part.
  const script = EAST_ASIAN.test([...street, city, state].join(' ')) ? 'local' : 'latin'
  const layout = layoutOf(country, script)
  const postalCode = layout.bringsPrefix
    ? parts.postalCode.replace(/^\D+(?=\d)/, '')
    : parts.postalCode
  // Some layouts have the city in the street, as in Japan, or no place for a state, though that may be all there is.
  const place = city || state
  const isPlaced =
    (layout.hasCity && city !== '') ||
    (layout.hasState && isSame(state, place)) ||
    (postalCode !== '' && isSame(layout.bringsPlace, place))
  const placeInStreet = isPlaced ? '' : place
  // A code that the layout has no place for stands at the end of the city's line.
  const isCodeExtra = !layout.hasPostalCode && !isPlaceholder(postalCode)
  const marked = (part: string): string => (isCodeExtra && part !== '' ? part + CODE_MARK : part)
  const lines =
    script === 'local' ? [marked(placeInStreet), ...street] : [...street, marked(placeInStreet)]
  const isCityInLayout = layout.hasCity && city !== ''
  const text = layOut(country, script, {
    // One text: of several the library would separate the last from what stands beside it.
    addressLines: [lines.filter(Boolean).join('\n')],
    locality: isCityInLayout ? marked(city) : city,
    administrativeArea: isCityInLayout ? state : marked(state),
    postalCode: layout.hasPostalCode ? postalCode : '',
  })
  return linesOf(isCodeExtra ? withCode(text, postalCode) : text)
}

/** Where a postal code goes that a layout has no place for. No address holds it, since it is trimmed from lines. */
const CODE_MARK = '\u2028'

/** Puts a postal code at the end of the first line that has a mark, or in a line of its own where none has. */
function withCode(text: string, postalCode: string): string {
  const lines = text.split('\n')
  const found = lines.findIndex((line) => line.includes(CODE_MARK))
  const index = found === -1 ? lines.length : found
  lines[index] = `${(lines[index] ?? '').replaceAll(CODE_MARK, '')} ${postalCode}`
  return lines.join('\n').replaceAll(CODE_MARK, '')
}

/** The lines of a text, trimmed, without the blank ones. */
export const linesOf = (text: string | null): readonly string[] =>
  (text ?? '')
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')

const EAST_ASIAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u
const NO_COUNTRY = 'ZZ'

type Script = 'local' | 'latin'

type Layout = {
  readonly isKnown: boolean
  readonly hasCity: boolean
  readonly hasState: boolean
  readonly hasPostalCode: boolean
  /** Puts something before a postal code, which is of digits there: `SE-`, `〒`. */
  readonly bringsPrefix: boolean
  /** What stands before a postal code, in a city state the city. */
  readonly bringsPlace: string
}

/** At most two for each code that the library knows or not. */
const layouts = new Map<string, Layout>()

/** What a layout is like, found by trying it. */
function layoutOf(country: string, script: Script): Layout {
  const key = `${country} ${script}`
  const known = layouts.get(key)
  if (known) return known
  const withPostalCode = layOut(country, script, { postalCode: '0' })
  const [beforePostalCode = ''] = withPostalCode.split('0')
  const layout = {
    isKnown: layOut(country, script, EVERY_PART) !== layOut(NO_COUNTRY, script, EVERY_PART),
    hasCity: layOut(country, script, { locality: '0' }).includes('0'),
    hasState: layOut(country, script, { administrativeArea: '0' }).includes('0'),
    hasPostalCode: withPostalCode.includes('0'),
    bringsPrefix: /.0$/m.test(withPostalCode),
    bringsPlace: beforePostalCode.trim(),
  }
  layouts.set(key, layout)
  return layout
}

const EVERY_PART = {
  addressLines: ['street'],
  locality: 'city',
  administrativeArea: 'state',
  postalCode: 'postal code',
  sortingCode: 'sorting code',
} satisfies PostalAddress

const layOut = (country: string, script: Script, parts: PostalAddress): string =>
  formatAddress({ postalCountry: country, ...parts }, script).join('\n')

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()
