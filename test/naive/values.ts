/** How the page reads values, in plain code: what is wrong is `bad`, what is absent is `undefined`. */
export const bad = Symbol('a 400')
export type Read<Value> = Value | undefined | typeof bad

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export function isAbsent(value: unknown): boolean {
  if (value === undefined || value === null) return true
  if (typeof value === 'string') return value.trim() === ''
  if (Array.isArray(value)) return value.every(isBlank)
  return isObject(value) && Object.keys(value).length === 0
}

const isBlank = (item: unknown): boolean => typeof item === 'string' && item.trim() === ''

/** Nothing is left of a list; the text of a search is none. */
export const isAbsentFor = (key: string, value: unknown): boolean =>
  isAbsent(value) ||
  (typeof value === 'string' &&
    !['name_like', 'wildcard_search', 'notes'].includes(key) &&
    parted(value).every(isBlank))

/** A capital that follows a small letter, or begins a word after capitals, begins a new word. */
export function snake(key: string): string {
  const letters = Array.from(key)
  return letters
    .map((letter, at) => {
      const [before, after] = [letters[at - 1], letters[at + 1]]
      const begins = isCapital(letter) && (isSmall(before) || (isCapital(before) && isSmall(after)))
      return (begins ? '_' : '') + (letter === '-' ? '_' : letter.toLowerCase())
    })
    .join('')
}

const isCapital = (letter = ''): boolean => letter !== letter.toLowerCase()
const isSmall = (letter = ''): boolean => letter !== letter.toUpperCase()

/** A number in digits, as one writes it. */
function digits(value: number): string {
  const [mantissa = '', power] = String(value).split('e')
  if (power === undefined) return mantissa
  const places = Number(power)
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.')
  const sign = value < 0 ? '-' : ''
  if (places < 0) return `${sign}0.${'0'.repeat(-places - 1)}${whole}${fraction}`
  return `${sign}${whole}${fraction}${'0'.repeat(places - fraction.length)}`
}

export function readText(value: unknown): Read<string> {
  if (isAbsent(value)) return undefined
  if (typeof value === 'string') return value.trim()
  if (typeof value === 'number') return digits(value)
  return typeof value === 'boolean' ? `${value}` : bad
}

const composed = (text: string): string => text.normalize('NFC')
const isLong = (text: string): boolean => Array.from(text).length > 200

export function readSearch(value: unknown): Read<string> {
  const text = readText(value)
  if (typeof text !== 'string') return text
  return isLong(composed(text)) ? bad : composed(text)
}

/** What blanks, commas and hyphens part. */
export const wordsOf = (text: string): string[] =>
  text.split(/[\s,-]/).filter((word) => word !== '')

export function readWords(value: unknown): Read<string> {
  const text = readSearch(value)
  return typeof text === 'string' && new Set(wordsOf(fold(text))).size > 50 ? bad : text
}

export function readFlag(value: unknown): Read<boolean> {
  const text = readText(value)
  if (text === undefined || text === bad) return text
  if (text.toLowerCase() === 'true') return true
  return text.toLowerCase() === 'false' ? false : bad
}

export function readWord(value: unknown, words: readonly string[]): Read<string> {
  const text = readText(value)
  if (text === undefined || text === bad) return text
  return words.includes(text.toLowerCase()) ? text.toLowerCase() : bad
}

/** A text parted at commas, letter by letter. */
function parted(text: string): string[] {
  const items: string[] = []
  let rest = text
  while (rest !== '') {
    const trimmed = rest.trimStart()
    let item: string | undefined
    if (trimmed.startsWith('"')) {
      let inside = ''
      let at = 1
      while (at < trimmed.length && (trimmed[at] !== '"' || trimmed[at + 1] === '"')) {
        inside += trimmed[at]
        at += trimmed[at] === '"' ? 2 : 1
      }
      const after = trimmed.slice(at + 1).trimStart()
      if (at < trimmed.length && (after === '' || after.startsWith(','))) {
        item = inside
        rest = after.slice(1)
      }
    }
    if (item === undefined) {
      const comma = rest.indexOf(',')
      item = comma === -1 ? rest : rest.slice(0, comma)
      rest = comma === -1 ? '' : rest.slice(comma + 1)
    }
    items.push(item)
  }
  return items
}

/** The items of a list of any length. */
export function readItems(value: unknown): Read<string[]> {
  if (isAbsent(value)) return undefined
  let items: string[]
  if (Array.isArray(value)) {
    if (value.some((item) => typeof item !== 'string' && typeof item !== 'number')) return bad
    items = value.map((item) => (typeof item === 'number' ? digits(item) : String(item)))
  } else if (isObject(value)) {
    return bad
  } else {
    items = parted(typeof value === 'number' ? digits(value) : String(value))
  }
  const kept = items.map((item) => item.trim()).filter((item) => item !== '')
  return kept.length > 0 ? kept : undefined
}

const fewer = <Item>(items: Item[], most: number): Read<Item[]> =>
  new Set(items).size > most ? bad : items

/** A list in which some words mean something, however they are written. */
export function readList(value: unknown, words: readonly string[] = []): Read<string[]> {
  const items = readItems(value)
  if (items === undefined || items === bad) return items
  return fewer(
    items.map((item) => (words.includes(item.toLowerCase()) ? item.toLowerCase() : item)),
    200,
  )
}

export function readTags(value: unknown): Read<string[]> {
  const items = readItems(value)
  if (items === undefined || items === bad) return items
  const tags = items.map(composed)
  return tags.some(isLong) || fewer(tags.map(fold), 50) === bad ? bad : tags
}

export function readNumbers(value: unknown): Read<number[]> {
  const items = readItems(value)
  if (items === undefined || items === bad) return items
  const isRight = items.every((item) => /^-?[0-9]+(\.[0-9]+)?$/.test(item))
  return isRight ? fewer(items.map(Number), 200) : bad
}

/** From and to in milliseconds, the end left out; an open end is infinite. */
export type Span = { from: number; to: number }

/** Whether an end day is there, and where it begins. */
const DAY = 86_400_000

function instant(text: string): { at: number; length: number } | undefined {
  const found =
    /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:(Z)|([+-])(\d\d):(\d\d)))?$/.exec(
      text,
    )
  if (!found) return undefined
  const [, year, month, day, hour, minute, second, , sign, offsetHours, offsetMinutes] = found
  const date = new Date(0)
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day))
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day))
    return undefined
  if (hour === undefined) return { at: date.getTime(), length: DAY }
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  if (Number(offsetHours ?? 0) > 23 || Number(offsetMinutes ?? 0) > 59) return undefined
  const offset =
    (Number(offsetHours ?? 0) * 60 + Number(offsetMinutes ?? 0)) * (sign === '-' ? -1 : 1)
  const minutes = Number(hour) * 60 + Number(minute) - offset
  return { at: date.getTime() + minutes * 60_000 + Number(second) * 1000, length: 1000 }
}

export function readRange(value: unknown): Read<Span> {
  if (isAbsent(value)) return undefined
  if (Array.isArray(value)) return bad
  if (isObject(value)) {
    let from = -Infinity
    let to = Infinity
    const names = Object.keys(value).map(snake)
    if (new Set(names).size < names.length) return bad
    const isOf = (...pair: string[]): boolean => names.every((name) => pair.includes(name))
    if (!isOf('start', 'end') && !isOf('min', 'max')) return bad
    for (const [key, end] of Object.entries(value)) {
      if (isAbsent(end)) continue
      const moment = typeof end === 'string' ? instant(end.trim()) : undefined
      if (!moment) return bad
      if (['start', 'min'].includes(snake(key))) from = moment.at
      else to = moment.at + moment.length
    }
    if (from === -Infinity && to === Infinity) return undefined
    return from >= to ? bad : { from, to }
  }
  const text = String(value).trim()
  const single = instant(text)
  if (single) return { from: single.at, to: single.at + single.length }
  for (const dots of ['...', '..']) {
    const at = text.indexOf(dots)
    if (at === -1) continue
    const [before, after] = [text.slice(0, at), text.slice(at + dots.length)]
    const start = instant(before)
    const end = instant(after)
    if (before === '' && end) {
      return { from: -Infinity, to: dots === '...' ? end.at : end.at + end.length }
    }
    if (after === '' && start) return { from: start.at, to: Infinity }
    if (!start || !end) return bad
    const to = dots === '...' ? end.at : end.at + end.length
    const wrong = dots === '...' ? start.at > to : start.at >= to
    return wrong ? bad : { from: start.at, to }
  }
  return bad
}

/** Lower case letter by letter; İ is the one letter for which JavaScript gives two. Both apostrophes are one. */
export const fold = (text: string): string =>
  Array.from(text.replaceAll('’', "'"), (letter) =>
    letter === 'İ' ? 'i' : letter.toLowerCase(),
  ).join('')
