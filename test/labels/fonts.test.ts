import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fontList } from '../../src/formats/pdf/fonts/font-list.ts'
import { readTrueType } from '../../src/formats/pdf/fonts/true-type.ts'
import { builtFonts } from './print-labels.ts'

const original = (name: string, folder: string) =>
  readTrueType(
    readFileSync(
      join(
        import.meta.dirname,
        '../../node_modules/@expo-google-fonts',
        folder,
        `400Regular/${name}_400Regular.ttf`,
      ),
    ),
  )

describe('the fonts of labels', () => {
  it.each(fontList)('have the glyphs of $name as its package has them', async (listed) => {
    const { name, isPacked } = listed
    const font = original(name, listed.package)
    const face = await builtFonts().open(name)
    const codePoints = font.codePoints()
    expect(codePoints.length).toBeGreaterThan(60)
    expect(face.unitsPerEm).toBe(font.unitsPerEm)
    const every = isPacked ? 97 : 7
    for (const codePoint of codePoints.filter((_, index) => index % every === 0)) {
      const id = face.glyphOf(codePoint)
      await face.load?.([id])
      const { advance, outline } = face.glyph(id)
      const glyph = font.glyphOf(codePoint)
      expect(advance).toBe(font.advanceOf(glyph))
      expect(Buffer.compare(outline, font.outlineOf(glyph))).toBe(0)
    }
    expect(face.glyphOf(0xe000)).toBe(0)
    expect(face.glyphOf(0x10_ffff)).toBe(0)
  })
})
