import { describe, expect, it } from 'vitest'
import { findTemplate } from '../../../src/formats/pdf/templates/find-template.ts'
import { labelsOfSheet } from '../../../src/formats/pdf/templates/label-template.ts'
import { labelTemplates } from '../../../src/formats/pdf/templates/label-templates.ts'

const INCH = 72
const MILLIMETER = 72 / 25.4

const keyOf = (name: string) => findTemplate(name)?.key

describe('a sheet', () => {
  const sheets = labelTemplates.filter((template) => labelsOfSheet(template) > 1)

  it.each(sheets)('$title is symmetric', (template) => {
    const { pageWidth, pageHeight, across, down, left, top, pitchX, pitchY, width, height } =
      template
    expect(2 * left + pitchX * (across - 1) + width).toBeCloseTo(pageWidth, 0)
    expect(2 * top + pitchY * (down - 1) + height).toBeCloseTo(pageHeight, 0)
    expect(pitchX).toBeGreaterThanOrEqual(width)
    expect(pitchY).toBeGreaterThanOrEqual(height - 1e-9)
  })

  it.each(labelTemplates)('$title has room for a line of its own size', (template) => {
    const { height, width, insetX, insetY, fontSize } = template
    expect(height - 2 * insetY).toBeGreaterThan(4 * fontSize)
    expect(width - 2 * insetX).toBeGreaterThan(10 * fontSize)
    expect(insetX).toBeGreaterThan(1.5)
    expect(insetY).toBeGreaterThan(1.5)
  })

  it.each([
    ['5160', 3, 10, 2.625, 1, 2.75, 0.1875, 0.5, INCH],
    ['5161', 2, 10, 4, 1, 4.1875, 0.15625, 0.5, INCH],
    ['5162', 2, 7, 4, 1.33333, 4.1875, 0.15625, 0.83333, INCH],
    ['5163', 2, 5, 4, 2, 4.1875, 0.15625, 0.5, INCH],
    ['5164', 2, 3, 4, 3.33333, 4.1875, 0.15625, 0.5, INCH],
    ['L7159', 3, 8, 64, 33.86, 66.54, 6.46, 13.06, MILLIMETER],
    ['L7160', 3, 7, 63.5, 38.1, 66.04, 7.21, 15.15, MILLIMETER],
    ['L7161', 3, 6, 63.5, 46.56, 66.04, 7.21, 8.82, MILLIMETER],
    ['L7162', 2, 8, 99.06, 33.87, 101.6, 4.67, 13.02, MILLIMETER],
    ['L7163', 2, 7, 99.06, 38.1, 101.6, 4.67, 15.15, MILLIMETER],
    ['L7164', 3, 4, 63.5, 71.97, 66.04, 7.21, 4.57, MILLIMETER],
    ['L7165', 2, 4, 99.06, 67.73, 101.6, 4.67, 13.04, MILLIMETER],
    ['L7173', 2, 5, 99.06, 57, 101.6, 4.67, 6, MILLIMETER],
    ['L7651', 5, 13, 38.1, 21.17, 40.64, 4.67, 10.9, MILLIMETER],
    ['3474', 3, 8, 70, 37, 70, 0, 0.5, MILLIMETER],
    ['3475', 3, 8, 70, 36, 70, 0, 4.5, MILLIMETER],
    ['Envelope10', 1, 1, 5, 1.75, 0, 4, 1.75, INCH],
    ['EnvelopeDL', 1, 1, 105, 50, 0, 100, 45, MILLIMETER],
    ['EnvelopeC6', 1, 1, 85, 50, 0, 65, 50, MILLIMETER],
  ])(
    '%s has the measures of its data sheet',
    (name, across, down, width, height, pitch, left, top, unit) => {
      const template = findTemplate(name)
      expect(template).toMatchObject({ across, down })
      const inPoints = [width, height, pitch, left, top].map((length) => length * unit)
      const own = [
        template?.width,
        template?.height,
        template?.pitchX,
        template?.left,
        template?.top,
      ]
      for (const [index, length] of inPoints.entries()) expect(own[index]).toBeCloseTo(length, 2)
    },
  )
})

describe('the name of a template', () => {
  it.each([
    ['Avery5160', '5160'],
    ['avery 5160', '5160'],
    ['AVERY-5160', '5160'],
    ['5160', '5160'],
    ['L5160', '5160'],
    ['Avery5610', '5160'],
    ['8160', '5160'],
    ['Avery18660', '5160'],
    ['5967', undefined],
    ['5961', '5161'],
    ['Avery7160', 'L7160'],
    ['Avery7610', 'L7160'],
    ['L7160', 'L7160'],
    ['l-7160', 'L7160'],
    ['J7160', 'L7160'],
    ['J8160', 'L7160'],
    ['C2160', 'L7160'],
    ['J8163', 'L7163'],
    ['8163', '5163'],
    ['Avery Zweckform L7163', 'L7163'],
    ['Zweckform 3474', '3474'],
    ['3490', '3475'],
    ['envelope 10', 'Envelope10'],
    ['Envelope #10', 'Envelope10'],
    ['envelope-dl', 'EnvelopeDL'],
    ['ENVELOPEC6', 'EnvelopeC6'],
    ['Avery', undefined],
    ['', undefined],
    ['L', undefined],
    ['constructor', undefined],
  ])('%j is %s', (name, key) => {
    expect(keyOf(name)).toBe(key)
  })

  it.each(labelTemplates)('$title finds itself', ({ key, title }) => {
    expect(keyOf(key)).toBe(key)
    expect(keyOf(title.replace('No. ', ''))).toBe(key)
  })
})
