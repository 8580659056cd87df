import { describe, expect, it } from 'vitest'
import { fitLabel } from '../../../src/formats/pdf/fit/fit-label.ts'
import { findTemplate } from '../../../src/formats/pdf/templates/find-template.ts'
import type { Line } from '../../../src/formats/pdf/text/line-builder.ts'

/** Every character is half as wide as it is high. */
const shape = (text: string): Line => ({
  text,
  runs: [],
  width: 500 * text.length,
  isRightToLeft: false,
  left: 0,
  right: 500 * text.length,
  bottom: -200,
  top: 700,
})

const template = findTemplate('5160')
if (!template) throw new Error('There is no template.')

/** At 10 points, 34 characters are as wide as a label. */
const fitted = (lines: readonly string[], size = 10) => {
  const text = fitLabel(lines, template, size, shape)
  return { ...text, lines: text.lines.map((line) => line.text) }
}

const words = (count: number, word = 'word') => Array(count).fill(word).join(' ')

describe('a label', () => {
  it('keeps the size of a text that fits', () => {
    const lines = ['John Smith', '1 Main St', 'Springfield, IL 62701']
    expect(fitted(lines)).toEqual({ lines, size: 10, isCut: false })
  })

  it('is printed smaller, as a whole, down to three quarters of the size', () => {
    expect(fitted(['x'.repeat(40), 'y'])).toMatchObject({ size: 8.5, isCut: false })
    expect(fitted(['x'.repeat(46), 'y'])).toMatchObject({ size: 7.5 })
    expect(fitted(Array(7).fill('x'))).toMatchObject({ size: 7.75, isCut: false })
  })

  it('has its long lines broken at words when that is not enough', () => {
    expect(fitted(['Name', words(12), 'City'])).toEqual({
      lines: ['Name', words(9), words(3), 'City'],
      size: 7.5,
      isCut: false,
    })
  })

  it('is printed smaller again, down to 6 points', () => {
    expect(fitted(['Name', words(60), 'City'])).toMatchObject({ size: 6.5, isCut: false })
  })

  it('is cut then, but never its first line, nor its last three', () => {
    const { lines, size, isCut } = fitted(['Name', words(40), words(40), 'Street', 'City', 'Land'])
    expect([size, isCut]).toEqual([6, true])
    expect([lines[0], ...lines.slice(-3)]).toEqual(['Name', 'Street', 'City', 'Land'])
    expect(lines.slice(1, -3).filter((line) => line.endsWith('…'))).not.toEqual([])
    expect(lines.length).toBe(9)
  })

  it('shows one line of each before it shows two of one', () => {
    const middle = ['a', 'b', 'c', 'd'].map((letter) => words(40, letter.repeat(3)))
    const { lines } = fitted(['Name', ...middle, 'Street', 'City', 'Land'])
    expect(lines.map((line) => line[0])).toEqual(['N', 'a', 'a', 'b', 'c', 'd', 'S', 'C', 'L'])
  })

  it('says that lines are missing', () => {
    const middle = Array.from({ length: 20 }, (_, index) => `line ${index}`)
    const { lines, isCut } = fitted(['Name', ...middle, 'Street', 'City', 'Land'])
    expect(isCut).toBe(true)
    expect(lines.join('/')).toBe('Name/line 0/line 1/line 2/line 3/line 4…/Street/City/Land')
  })

  it('prints what it must not cut below 6 points', () => {
    const long = words(48)
    const { lines, size, isCut } = fitted([long, long, long, long])
    expect(isCut).toBe(false)
    expect(size).toBeLessThan(6)
    expect(lines.join(' ')).toBe([long, long, long, long].join(' '))
  })

  it.each([
    ['a hyphen', 'Montgomery-'.repeat(8), /^(Montgomery-){4}$/],
    ['a character, where there is nothing else', 'x'.repeat(60), /^x{46}$/],
    [
      'a word of a script without blanks',
      '北京市朝阳区建国路'.repeat(7),
      /^(北京|市|朝阳|区|建国|路)+$/,
    ],
  ])('is broken at %s', (_, line, first) => {
    const { lines } = fitted(['Name', line, 'City'])
    expect(lines.length).toBeGreaterThan(3)
    expect(lines.slice(1, -1).join('')).toBe(line)
    expect(lines[1]).toMatch(first)
  })

  it('begins no line with what closes the one before', () => {
    const { lines } = fitted(['Name', `${words(9)}, ${words(9)}. (${words(9)})`, 'City'])
    for (const line of lines) expect(line).toMatch(/^[\p{L}(]/u)
  })

  it.each([0, 1, 2, 3, 4, 5, 24])('of %d lines fits', (count) => {
    const { lines, size } = fitted(Array(count).fill(words(30)), 24)
    expect(lines.length * size * 1.22).toBeLessThan(template.height)
    for (const line of lines) expect(line.length * size * 0.5).toBeLessThan(template.width)
  })
})
