/** How the page reads values, in plain code: what is wrong is `bad`, what is absent is `undefined`. */
export const bad = Symbol('a 400')
export type Read<Value> = Value | undefined | typeof bad

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export function isAbsent(value: unknown): boolean {
  if (value === undefined || value === null) return true
  if (typeof value === 'string') return value.trim() === ''
  if (Array.isArray(value)) return value.length === 0
  return isObject(value) && Object.keys(value).length === 0
}

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
const digits = (value: number): string =>
  Number.isInteger(value) ? BigInt(value).toString() : String(value)

export function readText(value: unknown): Read<string> {
  if (isAbsent(value)) return undefined
  if (typeof value === 'string') return value.trim()
  if (typeof value === 'number') return digits(value)
  return typeof value === 'boolean' ? `${value}` : bad
}

export function readSearch(value: unknown): Read<string> {
  const text = readText(value)
  return typeof text === 'string' && Array.from(text).length > 200 ? bad : text
}

export function readFlag(value: unknown): Read<boolean> {
  const text = readText(value)
  if (text === undefined || text === bad) return text
  if (text === 'true') return true
  return text === 'false' ? false : bad
}

export function readWord(value: unknown, words: readonly string[]): Read<string> {
  const text = readText(value)
  if (text === undefined || text === bad) return text
  return words.includes(text) ? text : bad
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

export function readList(value: unknown): Read<string[]> {
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

export function readNumbers(value: unknown): Read<number[]> {
  const items = readList(value)
  if (items === undefined || items === bad) return items
  return items.every((item) => /^-?[0-9]+(\.[0-9]+)?$/.test(item)) ? items.map(Number) : bad
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
    const seen = new Set<string>()
    for (const [key, end] of Object.entries(value)) {
      const name = snake(key)
      if ((name !== 'start' && name !== 'end') || seen.has(name)) return bad
      seen.add(name)
      if (isAbsent(end)) continue
      const moment = typeof end === 'string' ? instant(end.trim()) : undefined
      if (!moment) return bad
      if (name === 'start') from = moment.at
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
    const start = instant(text.slice(0, at))
    const end = instant(text.slice(at + dots.length))
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
