import { Buffer } from 'node:buffer'
import { deflateSync } from 'node:zlib'
import { joinBytes } from '../../../streams/join-bytes.ts'

/** How many rows of the table of objects are made at once. */
const ROWS_AT_ONCE = 10_000

/** The number of an object of a PDF. */
export type ObjectNumber = number

/** Writes the objects of a PDF. */
export type PdfWriter = ReturnType<typeof pdfWriter>

/**
 * Writes a PDF (ISO 32000-1) in pieces. Each call returns the bytes that come next; only the
 * offsets of objects are kept in memory. An object may be referred to before it is written.
 */
export function pdfWriter() {
  /** By object number. Object 0 does not exist. */
  const offsets = [0]
  let offset = 0

  const put = (...parts: readonly (string | Uint8Array)[]): Uint8Array => {
    const bytes = joinBytes(
      parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)),
    )
    offset += bytes.length
    return bytes
  }

  return {
    /** Begins the file. The second line tells programs that the file is binary. */
    start: (): Uint8Array => put('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n'),

    /** @returns the number of an object that is written later */
    reserve: (): ObjectNumber => offsets.push(Number.NaN) - 1,

    object(number: ObjectNumber, body: string): Uint8Array {
      offsets[number] = offset
      return put(`${number} 0 obj\n${body}\nendobj\n`)
    },

    /** @param entries of its dictionary */
    stream(number: ObjectNumber, entries: string, data: Uint8Array): Uint8Array {
      offsets[number] = offset
      const deflated = deflateSync(data)
      const dictionary = `<<${entries}/Filter/FlateDecode/Length ${deflated.length}>>`
      return put(`${number} 0 obj\n${dictionary}stream\n`, deflated, '\nendstream\nendobj\n')
    },

    /** Ends the file: the table of objects, and the trailer. @param id in hexadecimal */
    *end(root: ObjectNumber, info: ObjectNumber, id: string): Generator<Uint8Array> {
      const start = offset
      yield put(`xref\n0 ${offsets.length}\n0000000000 65535 f \n`)
      for (let from = 1; from < offsets.length; from += ROWS_AT_ONCE) {
        yield put(
          offsets
            .slice(from, from + ROWS_AT_ONCE)
            .map((position) => `${String(position).padStart(10, '0')} 00000 n \n`)
            .join(''),
        )
      }
      const entries = `/Size ${offsets.length}/Root ${root} 0 R/Info ${info} 0 R/ID[<${id}><${id}>]`
      yield put(`trailer\n<<${entries}>>\nstartxref\n${start}\n%%EOF\n`)
    },
  }
}

/** A number of a PDF: at most two digits after the point, never an exponent. */
export function pdfNumber(value: number): string {
  const hundredths = Math.round(value * 100)
  const known = numbers[hundredths]
  if (known !== undefined) return known
  const number = String(hundredths / 100)
  if (hundredths >= 0 && hundredths < KNOWN_HUNDREDTHS) numbers[hundredths] = number
  return number
}

/** Numbers up to the size of a page are written again and again. */
const KNOWN_HUNDREDTHS = 100_000
const numbers: string[] = []

/** A text in UTF-16, as a string of a PDF in hexadecimal. */
export const pdfText = (text: string): string => `<FEFF${utf16Hex(text)}>`

/** The UTF-16 units of a text in hexadecimal, most significant byte first. */
export const utf16Hex = (text: string): string =>
  Array.from({ length: text.length }, (_, index) =>
    text.charCodeAt(index).toString(16).padStart(4, '0'),
  ).join('')
