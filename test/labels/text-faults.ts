import { spawnSync } from 'node:child_process'
import {
  labelPosition,
  labelsOfSheet,
  type LabelTemplate,
} from '../../src/formats/pdf/templates/label-template.ts'

const OUTPUT_BYTES = 256 * 1024 * 1024
const WORD = /<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*)<\/word>/

/** Coordinates have six digits. */
const TOLERANCE = 0.001

/**
 * What is wrong with the text of a file, as `pdftotext -bbox` sees it: a word outside of its label,
 * or a label with more or fewer characters than its text.
 *
 * @param textOf the text of a label; `undefined` if only its place is known
 */
export function textFaults(
  file: string,
  template: LabelTemplate,
  labels: number,
  textOf: (label: number) => string | undefined,
): readonly string[] {
  const { stdout } = spawnSync('pdftotext', ['-bbox', file, '-'], {
    encoding: 'utf8',
    maxBuffer: OUTPUT_BYTES,
  })
  const faults: string[] = []
  const texts = new Map<number, string>()
  let page = -1
  for (const line of stdout.split('\n')) {
    if (line.includes('<page ')) page += 1
    const [, ...found] = WORD.exec(line) ?? []
    const [left = NaN, top = NaN, right = NaN, bottom = NaN] = found.slice(0, 4).map(Number)
    if (found.length === 0) continue
    const text = unescaped(found[4] ?? '')
    const place = placeOf(template, (left + right) / 2, (top + bottom) / 2)
    const { x, y } = labelPosition(template, place)
    const isInside =
      left >= x - TOLERANCE &&
      right <= x + template.width + TOLERANCE &&
      top >= y - TOLERANCE &&
      bottom <= y + template.height + TOLERANCE
    const label = page * labelsOfSheet(template) + place
    if (!isInside) faults.push(`'${text}' is not in label ${label}.`)
    texts.set(label, (texts.get(label) ?? '') + text)
  }
  for (let label = 0; label < labels; label += 1) {
    const text = textOf(label)
    const printed = texts.get(label) ?? ''
    if (text !== undefined && sorted(text) !== sorted(printed)) {
      faults.push(`Label ${label} is ${JSON.stringify(printed)}, not ${JSON.stringify(text)}.`)
    }
  }
  const [last = -1] = [...texts.keys()].toSorted((one, other) => other - one)
  if (last >= labels) faults.push(`There is a label ${last}.`)
  return faults
}

/** The label of a sheet at a point. */
function placeOf(template: LabelTemplate, x: number, y: number): number {
  // An envelope has one label, and so no distance to the next.
  const column = Math.floor((x - template.left) / (template.pitchX || template.width))
  const row = Math.floor((y - template.top) / (template.pitchY || template.height))
  return row * template.across + column
}

/** The visible characters, in one order: that of text from right to left depends on the reader. */
const sorted = (text: string): string =>
  Array.from(text.normalize('NFC').replace(/[\s\p{Cf}]/gu, ''))
    .toSorted()
    .join('')

const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')
