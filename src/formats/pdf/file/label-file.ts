import { Buffer } from 'node:buffer'
import { waitForRequests } from '../../../streams/wait-for-requests.ts'
import { joinBytes } from '../../../streams/join-bytes.ts'
import type { Fit, Label, LabelSheets } from '../../labels.ts'
import { fitLabel } from '../fit/fit-label.ts'
import { labelLines } from '../fit/label-lines.ts'
import { hanFormOf } from '../fonts/font-list.ts'
import { labelsOfSheet } from '../templates/label-template.ts'
import { textShaper } from '../text/text-shaper.ts'
import { embeddedFont } from './embedded-font.ts'
import { labelContent, outlines } from './label-content.ts'
import { pageTree } from './page-tree.ts'
import { pdfNumber, pdfText, pdfWriter, type ObjectNumber } from './pdf-writer.ts'

/** A sheet must not be scaled by a printer, nor have another one on its back. */
const PREFERENCES =
  '<</PrintScaling/None/PickTrayByPDFSize true/Duplex/Simplex/DisplayDocTitle true>>'

/**
 * How much text is laid out before other requests get their turn. A page of usual labels has less;
 * the text of one label that does not fit may be laid out several times.
 */
const UNITS_AT_ONCE = 100_000

/**
 * Writes labels in pieces: each call returns the bytes that come next. A sheet is written when it
 * is full, fonts when they are, and the rest of them at the end.
 *
 * @param fitted called for each label
 */
export function labelFile(
  { template, start, fontSize, border, madeAt, id, fonts }: LabelSheets,
  fitted: (fit: Fit) => void,
) {
  const pdf = pdfWriter()
  const pages = pageTree(pdf)
  const shaper = textShaper(fonts)
  const fontNumbers: { readonly index: number; readonly number: ObjectNumber }[] = []
  const outlinesNumber = pdf.reserve()
  const sheetStart = border ? '/Outlines Do\n' : ''
  let sheet = sheetStart
  let position = start - 1
  let pausedAt = 0

  const endSheet = (): Uint8Array[] => {
    const content = Buffer.from(sheet, 'latin1')
    sheet = sheetStart
    position = 0
    return pages.add(content)
  }

  const endFonts = (): Uint8Array[] => {
    const pieces: Uint8Array[] = []
    for (const { index, subset } of shaper.takeFonts()) {
      const number = pdf.reserve()
      fontNumbers.push({ index, number })
      pieces.push(...embeddedFont(pdf, number, subset, index))
    }
    return pieces
  }

  const print = ({ lines, isCut, form }: PreparedLabel): void => {
    const text = fitLabel(lines, template, fontSize, (line, isRightToLeft) =>
      shaper.line(line, form, isRightToLeft),
    )
    fitted({ isShrunk: text.size < fontSize, isCut: isCut || text.isCut })
    sheet += labelContent(text, template, position)
    position += 1
  }

  return {
    start: (): Uint8Array => pdf.start(),

    /** @returns the bytes of the sheets that are full now */
    async write(labels: readonly Label[]): Promise<Uint8Array> {
      const pieces: Uint8Array[] = []
      const prepared = labels.map(preparedLabel)
      await shaper.prepare(prepared)
      for (const [index, label] of prepared.entries()) {
        print(label)
        if (position === labelsOfSheet(template)) pieces.push(...endSheet())
        if (shaper.laidOut() - pausedAt > UNITS_AT_ONCE) {
          await waitForRequests()
          pausedAt = shaper.laidOut()
        }
        if (shaper.isFull()) {
          pieces.push(...endFonts())
          await shaper.prepare(prepared.slice(index + 1))
        }
      }
      return joinBytes(pieces)
    },

    /** A file without labels has one empty sheet, because a PDF needs a page. */
    *end(): Generator<Uint8Array> {
      if (position > 0 || pages.count() === 0) yield joinBytes(endSheet())
      for (const piece of endFonts()) yield piece
      const [resources, information, catalog] = [pdf.reserve(), pdf.reserve(), pdf.reserve()]
      const fontEntries = fontNumbers.map(({ index, number }) => `/F${index} ${number} 0 R`)
      const box = `[0 0 ${pdfNumber(template.pageWidth)} ${pdfNumber(template.pageHeight)}]`
      const entries = `<</Font<<${fontEntries.join('')}>>/XObject<</Outlines ${outlinesNumber} 0 R>>>>`
      yield joinBytes([
        pdf.stream(
          outlinesNumber,
          `/Type/XObject/Subtype/Form/BBox${box}`,
          Buffer.from(outlines(template), 'latin1'),
        ),
        pdf.object(resources, entries),
        ...pages.end(`/MediaBox${box}/Resources ${resources} 0 R`),
        pdf.object(
          catalog,
          `<</Type/Catalog/Pages ${pages.root} 0 R/ViewerPreferences${PREFERENCES}>>`,
        ),
        pdf.object(
          information,
          `<</Title${pdfText(`Labels, ${template.title}`)}/Producer(contact-exports)` +
            `/CreationDate(D:${pdfDate(madeAt)})>>`,
        ),
      ])
      yield* pdf.end(catalog, information, id.replaceAll('-', ''))
    },
  }
}

type PreparedLabel = ReturnType<typeof preparedLabel>

function preparedLabel({ text, country }: Label) {
  const { lines, isCut } = labelLines(text)
  const printed = lines.join('\n')
  return { lines, isCut, text: printed, form: hanFormOf(printed, country) }
}

/** In UTC, to the second. */
const pdfDate = (date: Date): string => `${date.toISOString().replace(/\D/g, '').slice(0, 14)}Z`
