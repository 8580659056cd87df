/** How Han characters are drawn: as in China, in Taiwan and Hong Kong, in Japan, or in Korea. */
export type HanForm = 'SC' | 'TC' | 'JP' | 'KR'

/** A font of the list. Its file is made from an npm package, `@expo-google-fonts/…`. */
export type ListedFont = {
  readonly name: string
  readonly package: string
  /** Large fonts are loaded by glyphs, see `glyph-packs.ts`. */
  readonly isPacked: boolean
}

const font = (name: string, package_: string, isPacked = false): ListedFont => ({
  name,
  package: package_,
  isPacked,
})

/** Latin, Greek, Cyrillic, Devanagari. Every other font is for what it does not have. */
export const BASIC_FONT = 'NotoSans'

const EMOJI_FONT = 'NotoEmoji'

/** By the script that it has. `Script_Extensions` has the punctuation of the script as well. */
const SCRIPT_FONTS: readonly (readonly [script: RegExp, font: ListedFont])[] = [
  [/\p{scx=Hebrew}/u, font('NotoSansHebrew', 'noto-sans-hebrew')],
  [/\p{scx=Arabic}/u, font('NotoSansArabic', 'noto-sans-arabic')],
  [/\p{scx=Armenian}/u, font('NotoSansArmenian', 'noto-sans-armenian')],
  [/\p{scx=Georgian}/u, font('NotoSansGeorgian', 'noto-sans-georgian')],
  [/\p{scx=Ethiopic}/u, font('NotoSansEthiopic', 'noto-sans-ethiopic')],
  [/\p{scx=Devanagari}/u, font(BASIC_FONT, 'noto-sans')],
  [/\p{scx=Bengali}/u, font('NotoSansBengali', 'noto-sans-bengali')],
  [/\p{scx=Gurmukhi}/u, font('NotoSansGurmukhi', 'noto-sans-gurmukhi')],
  [/\p{scx=Gujarati}/u, font('NotoSansGujarati', 'noto-sans-gujarati')],
  [/\p{scx=Tamil}/u, font('NotoSansTamil', 'noto-sans-tamil')],
  [/\p{scx=Telugu}/u, font('NotoSansTelugu', 'noto-sans-telugu')],
  [/\p{scx=Kannada}/u, font('NotoSansKannada', 'noto-sans-kannada')],
  [/\p{scx=Malayalam}/u, font('NotoSansMalayalam', 'noto-sans-malayalam')],
  [/\p{scx=Sinhala}/u, font('NotoSansSinhala', 'noto-sans-sinhala')],
  [/\p{scx=Thai}/u, font('NotoSansThai', 'noto-sans-thai')],
  [/\p{scx=Lao}/u, font('NotoSansLao', 'noto-sans-lao')],
  [/\p{scx=Khmer}/u, font('NotoSansKhmer', 'noto-sans-khmer')],
  [/\p{scx=Myanmar}/u, font('NotoSansMyanmar', 'noto-sans-myanmar')],
  [/\p{Emoji_Presentation}/u, font(EMOJI_FONT, 'noto-emoji')],
]

const HAN_FONTS: readonly ListedFont[] = ['SC', 'TC', 'JP', 'KR'].map((form) =>
  font(`NotoSans${form}`, `noto-sans-${form.toLowerCase()}`, true),
)

/** Every font, each once. */
export const fontList: readonly ListedFont[] = [
  ...SCRIPT_FONTS.map(([, listed]) => listed),
  ...HAN_FONTS,
]

const HANGUL = /\p{scx=Hangul}/u
const KANA = /[\p{scx=Hiragana}\p{scx=Katakana}]/u
/** With the full-width forms, and the brackets of vertical text. */
const HAN = /[\p{scx=Han}\p{scx=Bopomofo}\u2e80-\u303f\u3200-\u33ff\ufe30-\ufe4f\uff00-\uffef]/u

/** The basic font has all characters before the first of another one, which is Armenian. */
const FIRST_OTHER = 0x530

/** Where characters are looked for that the font of their script does not have. */
const FALLBACKS: readonly string[] = [
  BASIC_FONT,
  'NotoSansJP',
  EMOJI_FONT,
  'NotoSansSC',
  'NotoSansTC',
  'NotoSansKR',
]

/** The fonts that may have a character, the best one first. */
export function fontsFor(codePoint: number, form: HanForm): readonly string[] {
  const best = bestFontFor(codePoint, form)
  return [best, ...FALLBACKS.filter((name) => name !== best)]
}

function bestFontFor(codePoint: number, form: HanForm): string {
  if (codePoint < FIRST_OTHER) return BASIC_FONT
  const character = String.fromCodePoint(codePoint)
  if (HAN.test(character)) return `NotoSans${form}`
  if (HANGUL.test(character)) return 'NotoSansKR'
  if (KANA.test(character)) return 'NotoSansJP'
  const [, listed] = SCRIPT_FONTS.find(([script]) => script.test(character)) ?? []
  return listed?.name ?? BASIC_FONT
}

/** The form of the Han characters of a label: what the text shows, else by the country. */
export function hanFormOf(text: string, country: string | undefined): HanForm {
  if (!NON_LATIN.test(text)) return DEFAULT_FORM
  if (KANA_LETTER.test(text)) return 'JP'
  if (HANGUL_LETTER.test(text)) return 'KR'
  return (country === undefined ? undefined : FORMS.get(country)) ?? DEFAULT_FORM
}

const DEFAULT_FORM: HanForm = 'SC'

const NON_LATIN = /[^\0-\u024f]/
const KANA_LETTER = /[\p{Script=Hiragana}\p{Script=Katakana}]/u
const HANGUL_LETTER = /\p{Script=Hangul}/u

const FORMS: ReadonlyMap<string, HanForm> = new Map([
  ['CN', 'SC'],
  ['SG', 'SC'],
  ['TW', 'TC'],
  ['HK', 'TC'],
  ['MO', 'TC'],
  ['JP', 'JP'],
  ['KR', 'KR'],
  ['KP', 'KR'],
])
