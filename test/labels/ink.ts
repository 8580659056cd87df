import { spawnSync } from 'node:child_process'
import {
  labelPosition,
  labelsOfSheet,
  type LabelTemplate,
} from '../../src/formats/pdf/templates/label-template.ts'

/** Two pixels are a point. */
const DOTS_PER_INCH = 144
const SCALE = DOTS_PER_INCH / 72

/** Nothing is printed nearer to the edge of a label, in points. */
const MARGIN = 1.5

/** Darker pixels have ink; the others are the blur at its edge. */
const INK = 128

const IMAGE_BYTES = 64 * 1024 * 1024

/** The pages on which a rendered pixel has ink outside of the labels, or near their edges. */
export function inkFaults(file: string, template: LabelTemplate): readonly string[] {
  const faults: string[] = []
  let allowed: Uint8Array | undefined
  for (let page = 1; ; page += 1) {
    const range = ['-f', String(page), '-l', String(page)]
    const { stdout } = spawnSync(
      'pdftoppm',
      ['-r', String(DOTS_PER_INCH), '-gray', ...range, file],
      { maxBuffer: IMAGE_BYTES },
    )
    const image = imageOf(stdout)
    if (!image) return page === 1 ? ['There is no page.'] : faults
    allowed ??= allowedPixels(template, image.width, image.height)
    let ink = 0
    let outside = 0
    for (const [index, gray] of image.pixels.entries()) {
      if (gray >= INK) continue
      ink += 1
      if (allowed[index] !== 1) outside += 1
    }
    if (outside > 0) faults.push(`Page ${page} has ${outside} pixels of ink where none may be.`)
    if (ink === 0) faults.push(`Page ${page} is empty.`)
  }
}

/** A portable graymap: its size, and a byte for each pixel. */
function imageOf(bytes: Buffer) {
  const [header, width, height] =
    /^P5\n(\d+) (\d+)\n255\n/.exec(bytes.toString('latin1', 0, 40)) ?? []
  if (header === undefined) return undefined
  return {
    width: Number(width),
    height: Number(height),
    pixels: bytes.subarray(header.length),
  }
}

function allowedPixels(template: LabelTemplate, width: number, height: number): Uint8Array {
  const allowed = new Uint8Array(width * height)
  for (let index = 0; index < labelsOfSheet(template); index += 1) {
    const { x, y } = labelPosition(template, index)
    const left = Math.floor((x + MARGIN) * SCALE)
    const right = Math.ceil((x + template.width - MARGIN) * SCALE)
    const bottom = Math.ceil((y + template.height - MARGIN) * SCALE)
    for (let row = Math.floor((y + MARGIN) * SCALE); row < bottom; row += 1) {
      allowed.fill(1, row * width + left, row * width + right)
    }
  }
  return allowed
}
