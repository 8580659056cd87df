/**
 * A part of a JSON text that `JSON.parse` changes silently: where it is, and what would be right.
 */
export type JsonFault = { readonly path: readonly string[]; readonly detail: string }

/** More would not help the client. */
const MOST_FAULTS = 20

/** Deeper values are not checked: such a text is refused when it is read. */
const MAXIMUM_DEPTH = 100

/**
 * Finds members that one object has twice, of which `JSON.parse` keeps the last, and numbers that
 * JavaScript cannot represent exactly and rounds. One pass without recursion, linear in the length
 * of the text.
 *
 * @param text JSON, as `JSON.parse` takes it
 */
export function jsonFaults(text: string): readonly JsonFault[] {
  const faults: JsonFault[] = []
  const open: Container[] = []
  const pathTo = () => open.map((container) => String(container.step))
  let at = 0
  while (at < text.length && faults.length < MOST_FAULTS && open.length <= MAXIMUM_DEPTH) {
    const container = open.at(-1)
    const start = at
    at += 1
    switch (text[start]) {
      case '{':
        open.push({ names: new Set(), isBeforeName: true, step: '' })
        break
      case '[':
        open.push({ step: 0 })
        break
      case '}':
      case ']':
        open.pop()
        break
      case ',':
        if (container?.names) container.isBeforeName = true
        else if (container) container.step += 1
        break
      case '"':
        at = endOfText(text, start)
        if (container?.names && container.isBeforeName) {
          const name = nameIn(text.slice(start, at))
          container.step = name
          container.isBeforeName = false
          if (container.names.has(name)) {
            faults.push({ path: pathTo(), detail: `'${name}' is given twice: give it once.` })
          }
          container.names.add(name)
        }
        break
      default: {
        if (!startsNumber(text.charCodeAt(start))) break
        while (at < text.length && continuesNumber(text.charCodeAt(at))) at += 1
        const number = text.slice(start, at)
        if (!isExact(number)) faults.push({ path: pathTo(), detail: inexact(number) })
      }
    }
  }
  return faults
}

/** An object or an array that is not closed yet, and the member or item that the scan is at. */
type Container =
  | { readonly names: Set<string>; isBeforeName: boolean; step: string }
  | { readonly names?: never; step: number }

const QUOTE = 0x22
const BACKSLASH = 0x5c
const MINUS = 0x2d
const ZERO = 0x30
const NINE = 0x39

/** The place behind the quote that ends a text. */
function endOfText(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit === QUOTE) return at + 1
    if (unit === BACKSLASH) at += 1
  }
  return text.length
}

/** `"\u0074ags"` is another spelling of `"tags"`. */
const nameIn = (literal: string): string =>
  literal.includes('\\') ? String(JSON.parse(literal)) : literal.slice(1, -1)

const startsNumber = (unit: number): boolean => unit === MINUS || (unit >= ZERO && unit <= NINE)

/** Whether a character is part of a number. Any other character ends it. */
const continuesNumber = (unit: number): boolean =>
  (unit >= ZERO && unit <= NINE) || NUMBER_SIGNS.has(unit)

const NUMBER_SIGNS: ReadonlySet<number> = new Set(Array.from('+-.eE', (sign) => sign.charCodeAt(0)))

/**
 * A number of 15 digits or fewer is written back as it came, unless it is very large or very small
 * (IEEE 754, doubles).
 */
const EXACT_LENGTH = 15
const SMALLEST_EXACT = 1e-300
const LARGEST_EXACT = 1e300

/** Whether the number is written back as the same number, if not in the same digits. */
const isExact = (number: string): boolean =>
  (number.length <= EXACT_LENGTH && (!/e/i.test(number) || isOrdinary(Number(number)))) ||
  decimalOf(number) === decimalOf(String(Number(number)))

const isOrdinary = (value: number): boolean =>
  Math.abs(value) > SMALLEST_EXACT && Math.abs(value) < LARGEST_EXACT

/** One spelling for each number: `1.50` and `15e-1` are `15e-1`. Infinity has none. */
function decimalOf(number: string): string | undefined {
  const [found, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([-+]?\d+))?$/i.exec(number) ?? []
  if (found === undefined) return undefined
  const digits = (whole + fraction).replace(/^0+/, '')
  if (digits === '') return '0'
  let end = digits.length
  while (digits[end - 1] === '0') end -= 1
  const power = Number(exponent) - fraction.length + digits.length - end
  return `${sign}${digits.slice(0, end)}e${power}`
}

const SHOWN_LENGTH = 40

function inexact(number: string): string {
  const shown = number.length > SHOWN_LENGTH ? `${number.slice(0, SHOWN_LENGTH)}…` : number
  return `The number ${shown} cannot be kept exactly: send it as a text, or with fewer digits.`
}
