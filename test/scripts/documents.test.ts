import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join, posix } from 'node:path'
import { Marked, type Token } from 'marked'
import { describe, expect, it } from 'vitest'
import { generatedParts, withPart } from '../../scripts/docs/generated-parts.ts'
import { guides } from '../../scripts/site/guides.ts'
import { slugOf } from '../../scripts/site/slug.ts'

const ROOT = join(import.meta.dirname, '../..')
const documents = [...globSync('*.md', { cwd: ROOT }), ...globSync('docs/*.md', { cwd: ROOT })]
const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8')

/** Every token of a document, whatever it stands in. */
function tokensOf(file: string): Token[] {
  const tokens: Token[] = []
  const parser = new Marked()
  void parser.walkTokens(parser.lexer(textOf(file)), (token) => {
    tokens.push(token)
  })
  return tokens
}

const linksOf = (file: string): string[] =>
  tokensOf(file).flatMap((token) =>
    token.type === 'link' || token.type === 'image' ? [String(token['href'])] : [],
  )

const anchorsOf = (file: string): string[] =>
  tokensOf(file).flatMap((token) =>
    token.type === 'heading' ? [slugOf(String(token['text']))] : [],
  )

const blocksOf = (file: string, language: string): string[] =>
  tokensOf(file).flatMap((token) =>
    token.type === 'code' && token['lang'] === language ? [String(token['text'])] : [],
  )

/** The names in the first column of the tables of a document. */
const namesOf = (file: string): string[] =>
  Array.from(textOf(file).matchAll(/^\| `(\w+)`/gm), ([, name = '']) => name)

describe('the documents', () => {
  it.each(documents)('%s links to files and headings that exist', (file) => {
    const broken = linksOf(file)
      .filter((href) => !/^[a-z]+:/.test(href))
      .filter((href) => {
        const [path = '', anchor] = href.split('#')
        const target = path === '' ? file : posix.join(posix.dirname(file), path)
        if (!existsSync(join(ROOT, target))) return true
        return anchor !== undefined && !anchorsOf(target).includes(anchor)
      })
    expect(broken).toEqual([])
  })

  it.each(documents)('%s has no two headings with the same anchor', (file) => {
    const anchors = anchorsOf(file).filter((anchor) => file !== 'CHANGELOG.md' || anchor === '')
    expect(anchors.length).toBe(new Set(anchors).size)
  })

  it.each(documents)('%s names only tests that exist', (file) => {
    const tests = new Set(globSync('test/**/*.ts', { cwd: ROOT }).map((path) => basename(path)))
    for (const [, path = ''] of textOf(file).matchAll(/`([\w./-]+\.test\.ts)`/g)) {
      expect([...tests]).toContain(basename(path))
    }
  })

  it.each(documents)('%s names only commands that exist', (file) => {
    const { scripts } = JSON.parse(textOf('package.json'))
    for (const [, name = ''] of textOf(file).matchAll(/npm run ([\w:]+)/g)) {
      expect(Object.keys(scripts)).toContain(name)
    }
  })

  it.each(documents)('%s names only files that exist', (file) => {
    for (const [, path = ''] of textOf(file).matchAll(
      /`((?:src|scripts|test|site|docs)\/[\w./-]*)`/g,
    )) {
      expect([path, existsSync(join(ROOT, path))]).toEqual([path, true])
    }
  })

  it.each(generatedParts().map((part) => [part.file, part.name, part] as const))(
    '%s has the part "%s" as the code has it; if not, run npm run docs',
    (file, _, part) => {
      expect(withPart(textOf(file), part)).toBe(textOf(file))
    },
  )

  it('name every setting and binding, and no other', () => {
    const declared = Array.from(
      textOf('src/env.ts').matchAll(/readonly (\w+)\??:/g),
      ([, name = '']) => name,
    )
    expect(
      namesOf('docs/operating.md')
        .filter((name) => /^[A-Z]/.test(name))
        .toSorted(),
    ).toEqual(declared.toSorted())
  })

  it('name every event of the log, and no other', () => {
    const sources = globSync('src/**/*.ts', { cwd: ROOT }).map(textOf).join('\n')
    const logged = Array.from(
      sources.matchAll(/log(?:Event|Error)\(\s*'(\w+)'/g),
      ([, name = '']) => name,
    )
    const [, watch = ''] = textOf('docs/operating.md').split('## What to watch')
    const named = Array.from(watch.matchAll(/^\| (`\w+`(?:, `\w+`)*)/gm), ([, names = '']) =>
      names.replaceAll('`', '').split(', '),
    ).flat()
    expect(named.toSorted()).toEqual([...new Set(logged)].toSorted())
  })

  it('give a reason for each folder', () => {
    const folders = readdirSync(ROOT, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !/^\.|^(?:build|node_modules)$/.test(entry.name))
      .map(({ name }) => name)
    const named = Array.from(textOf('README.md').matchAll(/^\| `(\w+)\/`/gm), ([, name]) => name)
    expect(named).toEqual(expect.arrayContaining(folders))
  })

  it('have a sentence for each room of src', () => {
    const rooms = readdirSync(join(ROOT, 'src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
    const tables = [textOf('README.md'), textOf('docs/design.md')].join('\n')
    const named = Array.from(tables.matchAll(/^\| `(?:src\/)?(\w[\w-]*)\/`/gm), ([, name]) => name)
    expect(named).toEqual(expect.arrayContaining(rooms))
  })

  it('start with two commands', () => {
    expect(blocksOf('README.md', 'sh')).toEqual(
      expect.arrayContaining(['npm ci && npm start', 'npm ci && npm test']),
    )
  })

  it('are all in the list of guides', () => {
    const listed = guides.map(({ source }) => source)
    expect(listed).toEqual(expect.arrayContaining(globSync('docs/*.md', { cwd: ROOT })))
  })
})
