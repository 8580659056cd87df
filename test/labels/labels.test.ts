import { describe, expect, it } from 'vitest'
import { labelTemplates } from '../../src/formats/pdf/templates/label-templates.ts'
import { linesOfLabels, pdfContents } from './pdf-contents.ts'
import { builtFonts, labelChunks, printLabels, templateOf } from './print-labels.ts'
import { leftToRight, overlong, rightToLeft } from './sample-labels.ts'

const all = [leftToRight, rightToLeft, overlong].flatMap((labels) => Object.values(labels))

/** How often each visible character stands in a text. */
function charactersIn(text: string): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const character of text.normalize('NFC').replace(/[\s\p{Cf}]/gu, '')) {
    counts[character] = (counts[character] ?? 0) + 1
  }
  return counts
}

/** Long words, tall marks, and more lines than any label has. */
const extreme = [
  'Jjfgy'.repeat(50),
  'ที่นี่น้ำ'.repeat(20),
  `Ǻ\u0301\u0302${'g\u0323'.repeat(30)}`,
  ...Array.from({ length: 40 }, (_, index) => `line ${index}`),
].join('\n')

/** Lines of 24 letters each, all with marks that no other letter has. */
const uniqueClusters = (label: number): string =>
  Array.from({ length: 8 }, (_, line) =>
    Array.from({ length: 24 }, (__, letter) => {
      const digits = ((label * 8 + line) * 24 + letter).toString(12).split('')
      return `q${digits.map((digit) => String.fromCharCode(0x300 + Number.parseInt(digit, 12))).join('')}`
    }).join(''),
  ).join('\n')

const contentsOf = async (name: string, texts: readonly string[], options = {}) =>
  pdfContents(await printLabels(name, texts, options))

describe('each label of a file', () => {
  it.each(['5160', 'L7160', '5163', 'L7163', 'L7159', 'L7173', '3474'])(
    'of %s has its whole text inside of its edges, once',
    async (name) => {
      const template = templateOf(name)
      const { pieces } = await contentsOf(name, all)
      const labels = linesOfLabels(pieces, template)
      expect(labels.get(undefined)).toBeUndefined()
      expect(labels.size).toBe(all.length)
      for (const [index, text] of all.entries()) {
        if (text === overlong['lines']) continue
        expect(charactersIn(labels.get(index)?.join('') ?? '')).toEqual(charactersIn(text))
      }
    },
  )

  it.each(labelTemplates.flatMap((template) => [6, 24].map((size) => [template, size] as const)))(
    'of $0.title stays inside of its edges, at $1 points',
    async (template, fontSize) => {
      const texts = [...Object.values(overlong), ...Object.values(rightToLeft), extreme]
      const { pieces } = await contentsOf(template.key, texts, { fontSize })
      expect(pieces.length).toBeGreaterThan(texts.length)
      const { left, top, pitchX, pitchY, width, height } = template
      for (const { text, baseline, size, ...piece } of pieces) {
        const x = left + Math.max(0, Math.floor((piece.left - left) / (pitchX || width))) * pitchX
        const y = top + Math.max(0, Math.floor((baseline - top) / (pitchY || height))) * pitchY
        const ends = [piece.left - x, x + width - piece.right, baseline - 0.7 * size - y]
        const least = Math.min(...ends, y + height - baseline - 0.25 * size)
        expect([text, least > 1.4]).toEqual([text, true])
      }
    },
  )

  it.each(Object.entries(leftToRight))('in %s reads as it is', async (_, text) => {
    const { pieces } = await contentsOf('5163', [text])
    const lines = linesOfLabels(pieces, templateOf('5163')).get(0)
    expect(lines?.map((line) => line.trim())).toEqual(text.normalize('NFC').split('\n'))
  })

  it('in other scripts has the order of each word', async () => {
    const { pieces } = await contentsOf('5163', Object.values(rightToLeft))
    const text = pieces.map((piece) => piece.text).join('\n')
    for (const word of ['محمد', '11564', '(', 'Smith', 'רחוב', 'הרצל', 'تهران', 'شاہراہ']) {
      expect(text).toContain(word)
    }
  })

  it('is aligned to the right where most of its lines are written from there', async () => {
    const { x, width } = { x: templateOf('5163').left, width: templateOf('5163').width }
    const { pieces } = await contentsOf('5163', [rightToLeft['Arabic'] ?? ''])
    const right = Math.max(...pieces.map((piece) => piece.right))
    expect(x + width - right).toBeLessThan(15)
    expect(Math.min(...pieces.map((piece) => piece.left))).toBeGreaterThan(x + width / 3)
  })

  it('shows a mark for what no font has, and keeps its text', async () => {
    const { pieces } = await contentsOf('5160', ['A 𐎀\nStreet'])
    expect(pieces.map(({ text }) => text).join('')).toContain('𐎀')
  })
})

describe('a file of labels', () => {
  it.each(labelTemplates)(
    'of $title has pages of its size, to be printed as they are',
    async (t) => {
      const { pages, preferences } = await contentsOf(t.key, ['Ann\nStreet'])
      expect(pages).toHaveLength(1)
      expect(pages[0]?.width).toBeCloseTo(t.pageWidth, 1)
      expect(pages[0]?.height).toBeCloseTo(t.pageHeight, 1)
      expect(preferences).toMatchObject({ PrintScaling: 'None' })
    },
  )

  it('begins at the label that is asked for, on the first sheet only', async () => {
    const texts = Array.from({ length: 40 }, (_, index) => `Name ${index}\nStreet`)
    const { pages, pieces } = await contentsOf('5160', texts, { start: 25 })
    const labels = linesOfLabels(pieces, templateOf('5160'))
    expect(pages).toHaveLength(3)
    expect([...labels.keys()]).toEqual(texts.map((_, index) => index + 24))
    expect(labels.get(24)?.[0]).toBe('Name 0')
  })

  it('prints in the size that is asked for', async () => {
    const { pieces } = await contentsOf('5160', ['Ann\nStreet'], { fontSize: 15 })
    expect(pieces.map(({ size }) => size)).toEqual([15, 15])
  })

  it('has sheets as they fill, and the first bytes before any label is known', async () => {
    let read = 0
    const pages = (function* () {
      for (; read < 3; read += 1)
        yield Array.from({ length: 30 }, () => ({ text: 'Ann\nStreet', country: undefined }))
    })()
    const chunks = labelChunks('5160', pages)
    expect((await chunks.next()).value).toHaveLength(15)
    expect(read).toBe(0)
    for (const page of [0, 1, 2]) {
      const { value } = await chunks.next()
      expect(Buffer.from(value ?? []).toString('latin1')).toContain('/Type/Page/')
      expect(read).toBe(page)
    }
  })

  it('is the same whenever it is made', async () => {
    const first = await printLabels('L7160', all)
    expect(await printLabels('L7160', all, { fonts: builtFonts() })).toEqual(first)
  })

  it('loads no more of a large font than it needs', async () => {
    const files: string[] = []
    const fonts = builtFonts((file) => files.push(file))
    await printLabels('5160', [leftToRight['Latin'] ?? ''], { fonts })
    expect(files).toEqual(['NotoSans.ttf'])
    await printLabels('5160', ['王小明\n北京市朝阳区'], { fonts, country: 'CN' })
    expect(files.slice(1, 2)).toEqual(['NotoSansSC.index'])
    expect(files.length).toBeLessThan(12)
    expect(files.slice(2).every((file) => /^NotoSansSC-\d+\.pack$/.test(file))).toBe(true)
  })

  it.each([
    ['CN', 'SC'],
    ['TW', 'TC'],
    ['HK', 'TC'],
    ['JP', 'JP'],
    ['KR', 'KR'],
    [undefined, 'SC'],
    ['US', 'SC'],
  ])('of an address in %s draws Han characters as in %s', async (country, form) => {
    const files: string[] = []
    const fonts = builtFonts((file) => files.push(file))
    await printLabels('5160', ['骨直\n角'], { fonts, ...(country !== undefined && { country }) })
    expect(files).toContain(`NotoSans${form}.index`)
  })

  it('starts further fonts when it has very many glyphs', async () => {
    const texts = Array.from({ length: 90 }, (_, label) => uniqueClusters(label))
    const bytes = await printLabels('5164', texts)
    const names = new Set(
      Buffer.from(bytes)
        .toString('latin1')
        .match(/[A-Z]{6}\+NotoSans/g),
    )
    expect(names.size).toBeGreaterThan(1)
    const { pieces } = await pdfContents(bytes)
    const printed = pieces.map((piece) => piece.text).join('')
    expect(charactersIn(printed)).toEqual(charactersIn(texts.join('')))
  })

  it('breaks off when a font cannot be loaded', async () => {
    const fonts = builtFonts((file) => {
      if (file.endsWith('.pack')) throw new Error('The pack cannot be read.')
    })
    await expect(printLabels('5160', ['王小明'], { fonts })).rejects.toThrow('The pack')
    await expect(printLabels('5160', ['Ann'], { fonts })).resolves.toBeDefined()
  })
})
