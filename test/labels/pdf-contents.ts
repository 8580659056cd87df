import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import * as z from 'zod'
import {
  labelsOfSheet,
  labelPosition,
  type LabelTemplate,
} from '../../src/formats/pdf/templates/label-template.ts'

const item = z.object({
  str: z.string(),
  transform: z.tuple([z.number(), z.number(), z.number(), z.number(), z.number(), z.number()]),
  width: z.number(),
})

/** A piece of text on a page, in points from the upper left corner. */
export type TextPiece = {
  readonly text: string
  readonly page: number
  readonly left: number
  readonly right: number
  readonly baseline: number
  readonly size: number
}

/** What pdf.js finds in a PDF: the size of each page, and its text. */
export async function pdfContents(bytes: Uint8Array) {
  const document = await getDocument({
    data: Uint8Array.from(bytes),
    verbosity: 0,
    useWorkerFetch: false,
    isEvalSupported: false,
  }).promise
  const pages: { readonly width: number; readonly height: number }[] = []
  const pieces: TextPiece[] = []
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number)
    const { width, height } = page.getViewport({ scale: 1 })
    pages.push({ width, height })
    const { items } = await page.getTextContent()
    for (const found of items) {
      const { data } = item.safeParse(found)
      if (!data || data.str === '') continue
      const [size, , , , left, bottom] = data.transform
      const baseline = height - bottom
      const right = left + data.width
      pieces.push({ text: data.str, page: number - 1, left, right, baseline, size })
    }
  }
  const preferences = await document.getViewerPreferences()
  await document.destroy()
  return { pages, pieces, preferences }
}

/** The label, counted from 0 over all sheets, in which a piece of text begins. */
function labelOfPiece(piece: TextPiece, template: LabelTemplate): number | undefined {
  const indexes = Array.from({ length: labelsOfSheet(template) }, (_, index) => index)
  const found = indexes.find((index) => {
    const { x, y } = labelPosition(template, index)
    const isBeside = piece.left < x || piece.right > x + template.width
    return !isBeside && piece.baseline > y && piece.baseline < y + template.height
  })
  return found === undefined ? undefined : piece.page * labelsOfSheet(template) + found
}

/** The lines of each label, by its number. Pieces outside of any label are under `undefined`. */
export function linesOfLabels(pieces: readonly TextPiece[], template: LabelTemplate) {
  const labels = new Map<number | undefined, Map<number, string>>()
  for (const piece of pieces) {
    const label = labelOfPiece(piece, template)
    const lines = labels.get(label) ?? new Map<number, string>()
    labels.set(label, lines)
    const line = Math.round(piece.baseline * 10)
    lines.set(line, (lines.get(line) ?? '') + piece.text)
  }
  return new Map(Array.from(labels, ([label, lines]) => [label, [...lines.values()]] as const))
}
