import { describe, expect, it } from 'vitest'
import { labelLines } from '../../../src/formats/pdf/fit/label-lines.ts'

const linesOf = (text: string) => labelLines(text).lines

describe('the lines of a label', () => {
  it.each([
    ['a\n\n b \n', ['a', 'b']],
    ['a\u00a0\u2003b\tc  d', ['a b c d']],
    ['a\u0000\u200eb\u00adc\ue000', ['abc']],
    ['lone \ud800 half', ['lone half']],
    ['e\u0301', ['é']],
    ['क्\u200dष', ['क्\u200dष']],
    ['', []],
  ])('of %j are %j', (text, lines) => {
    expect(labelLines(text)).toEqual({ lines, isCut: false })
  })

  it('are 24 at most: the first 21 and the last three', () => {
    const text = Array.from({ length: 100 }, (_, index) => `line ${index}`).join('\n')
    const { lines, isCut } = labelLines(text)
    expect(isCut).toBe(true)
    expect(lines).toHaveLength(24)
    expect([lines[0], ...lines.slice(-4)]).toEqual([
      'line 0',
      'line 20…',
      'line 97',
      'line 98',
      'line 99',
    ])
  })

  it('have 240 units at most, and no half of a character', () => {
    expect(linesOf('x'.repeat(240))).toEqual(['x'.repeat(240)])
    expect(linesOf('x'.repeat(241))).toEqual([`${'x'.repeat(239)}…`])
    expect(linesOf(`${'x'.repeat(238)}😀😀`)).toEqual([`${'x'.repeat(238)}…`])
    expect(linesOf('x'.repeat(1_000_000))).toEqual([`${'x'.repeat(239)}…`])
  })

  it('of many blank lines are not cut', () => {
    expect(labelLines(`a${'\n'.repeat(1000)}b`)).toEqual({ lines: ['a', 'b'], isCut: false })
  })
})
