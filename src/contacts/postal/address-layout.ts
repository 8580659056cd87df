import { formatAddress, type Address as PostalAddress } from 'localized-address-format'
import { isPlaceholder } from './placeholders.ts'

/** The parts of an address, each trimmed, `''` if missing. */
export type AddressParts = {
  readonly street: readonly string[]
  readonly city: string
  readonly state: string
  readonly postalCode: string
}

/**
 * Whether a text is the alpha-2 code of a country whose layout the library knows. Without a layout
 * it would leave out postal code and state.
 */
export const hasLayout = (country: string | undefined): country is string =>
  country !== undefined && layoutOf(country, 'latin').isKnown

/** The lines of an address in the layout of a country's post office, by libaddressinput. */
export function laidOut(parts: AddressParts, country: string): readonly string[] {
  const { street, city, state } = parts
  // In their own script Chinese, Japanese and Korean addresses begin with the largest part.
  const script = EAST_ASIAN.test([...street, city, state].join(' ')) ? 'local' : 'latin'
  const layout = layoutOf(country, script)
  const postalCode = layout.addsPrefix
    ? parts.postalCode.replace(/^\D+(?=\d)/, '')
    : parts.postalCode
  // Some layouts have the city in the street, as in Japan, or no place for a state, which may be
  // the only place given.
  const place = city || state
  const isPlaced =
    (layout.hasCity && city !== '') ||
    (layout.hasState && isSame(state, place)) ||
    (postalCode !== '' && isSame(layout.addedPlace, place))
  const placeInStreet = isPlaced ? '' : place
  // A code that the layout has no place for is added to the city's line.
  const isCodeExtra = !layout.hasPostalCode && !isPlaceholder(postalCode)
  const marked = (part: string): string => (isCodeExtra && part !== '' ? part + CODE_MARK : part)
  const lines =
    script === 'local' ? [marked(placeInStreet), ...street] : [...street, marked(placeInStreet)]
  const isCityInLayout = layout.hasCity && city !== ''
  const text = layOut(country, script, {
    // One text: the library would separate the last of several from the part beside it.
    addressLines: [lines.filter(Boolean).join('\n')],
    locality: isCityInLayout ? marked(city) : city,
    administrativeArea: isCityInLayout ? state : marked(state),
    postalCode: layout.hasPostalCode ? postalCode : '',
  })
  return linesOf(isCodeExtra ? withCode(text, postalCode) : text)
}

/**
 * Marks where to add a postal code that a layout has no place for. No address contains it, since it
 * is trimmed from lines.
 */
const CODE_MARK = '\u2028'

/** Adds a postal code to the first line that has a mark, or as a line of its own without one. */
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
  /** Adds a prefix to a postal code, which has digits only: `SE-`, `〒`. */
  readonly addsPrefix: boolean
  /** The text that the layout adds before a postal code: in a city state, the city. */
  readonly addedPlace: string
}

/** At most two for each code, known to the library or not. */
const layouts = new Map<string, Layout>()

/** The properties of a layout, found by trying it. */
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
    addsPrefix: /.0$/m.test(withPostalCode),
    addedPlace: beforePostalCode.trim(),
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
