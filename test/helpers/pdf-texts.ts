import { Buffer } from 'node:buffer'
import { inflateSync } from 'node:zlib'

/**
 * The lines of the labels of each sheet, as their operators print them. It reads what this service
 * writes; `test/labels/` reads it with pdf.js.
 */
export function pdfTexts(bytes: Uint8Array): readonly (readonly string[])[] {
  const file = Buffer.from(bytes).toString('latin1')
  const maps = new Map(
    Array.from(file.matchAll(/\/F(\d+) (\d+) 0 R/g), ([, font, number]) => [
      font,
      unicodeMap(streamOf(file, /\/ToUnicode (\d+) /.exec(objectOf(file, number))?.[1])),
    ]),
  )
  return Array.from(file.matchAll(/\/Type\/Page\/Parent \d+ 0 R\/Contents (\d+) /g), ([, number]) =>
    Array.from(streamOf(file, number).matchAll(/^BT\n(.*?)^ET$/gms), ([, text = '']) =>
      textOf(text, maps),
    ),
  )
}

/** The lines of one label, separated by LF. */
function textOf(content: string, maps: ReadonlyMap<string | undefined, Map<string, string>>) {
  let text = ''
  let map: Map<string, string> | undefined
  for (const [, font, codes] of content.matchAll(
    /^\/F(\d+) [^\n]* Tf$|^\((.*?)\)Tj$|^1 0 0 1 [^\n]* Tm$/gms,
  )) {
    if (font !== undefined) map = maps.get(font)
    else if (codes === undefined) text += text === '' ? '' : '\n'
    else text += (codes.match(/../gs) ?? []).map((code) => map?.get(code) ?? '?').join('')
  }
  return text
}

const objectOf = (file: string, number = ''): string =>
  file.split(`\n${number} 0 obj\n`)[1]?.split('\nendobj')[0] ?? ''

function streamOf(file: string, number: string | undefined): string {
  const object = objectOf(file, number)
  const [, length = '0'] = /\/Length (\d+)>>stream\n/.exec(object) ?? []
  const start = object.indexOf('stream\n') + 'stream\n'.length
  const deflated = Buffer.from(object.slice(start, start + Number(length)), 'latin1')
  return inflateSync(deflated).toString('latin1')
}

const unicodeMap = (cmap: string): Map<string, string> =>
  new Map(
    Array.from(cmap.matchAll(/^<(\w{4})><(\w+)>$/gm), ([, code = '', text = '']) => [
      Buffer.from(code, 'hex').toString('latin1'),
      Buffer.from(text, 'hex').swap16().toString('utf16le'),
    ]),
  )
