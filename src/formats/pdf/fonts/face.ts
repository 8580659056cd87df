/** The number of a glyph in a font. 0 is the glyph for what the font does not have. */
export type GlyphId = number

/** In units of the font. */
export type Glyph = {
  readonly advance: number
  /** A glyph description of the table `glyf`, empty where nothing is drawn. */
  readonly outline: Uint8Array
}

/** A font, as far as it is loaded. */
export type Face = {
  readonly name: string
  readonly unitsPerEm: number
  /** The glyph of a code point; 0 when there is none. */
  readonly glyphOf: (codePoint: number) => GlyphId
  /** @throws when the glyph is not loaded */
  readonly glyph: (id: GlyphId) => Glyph
  /** Loads glyphs. A font that is loaded as a whole needs no call. */
  readonly load?: (ids: readonly GlyphId[]) => Promise<void>
  /** HarfBuzz' handle of the font; missing where its glyphs need no shaping. */
  readonly shaping?: () => number
}
