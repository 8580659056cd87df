import { badRequest } from '../http/errors.ts'
import { queryParameters } from '../http/query-parameters.ts'

/** The query parameter for the name under which a file is saved. */
export const NAME_PARAMETER = 'name'

/** File systems take names of 255 bytes, and programs add to them. */
const NAME_BYTES = 200

/**
 * The name under which a person wants to save a file, without the extension. `undefined` where none
 * is given, or where nothing of it can be in the name of a file.
 *
 * @param extension is dropped from the end: it is added to every name
 * @throws HttpError 400 where it is given twice
 */
export function requestedName(url: string, extension: string): string | undefined {
  const [name, ...others] = queryParameters(url).getAll(NAME_PARAMETER)
  if (others.length > 0) {
    const detail = `'${NAME_PARAMETER}' is given twice.`
    throw badRequest({ detail, source: { parameter: NAME_PARAMETER } })
  }
  return name === undefined ? undefined : safeName(name, extension)
}

/** A name that every file system takes, and that shows what it is. */
function safeName(name: string, extension: string): string | undefined {
  const plain = trimmed(
    name
      .toWellFormed()
      .normalize('NFC')
      // Control characters, and characters that change the direction or cannot be seen.
      .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
      .replaceAll(/[\p{Cf}\p{Co}\p{Cn}\ufffd]/gu, '')
      .replaceAll(/[/\\<>:"|?*]/g, '-')
      .replaceAll(/\s+/g, ' '),
  )
  const end = `.${extension}`
  const base = plain.toLowerCase().endsWith(end) ? plain.slice(0, -end.length) : plain
  const short = trimmed(cut(trimmed(base)))
  if (!/[\p{L}\p{N}\p{S}]/u.test(short)) return undefined
  return RESERVED.test(short) ? `_${short}` : short
}

/** Without blanks and dots at the ends: a dot hides a file on some systems, others drop it. */
const trimmed = (text: string): string => text.replaceAll(/^[\s.]+|[\s.]+$/g, '')

/** Names of devices on Windows, with any extension. */
const RESERVED = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i

/** The beginning of a text that has no more bytes than allowed, in whole characters. */
function cut(text: string): string {
  let bytes = 0
  let end = 0
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    bytes += new TextEncoder().encode(segment).length
    if (bytes > NAME_BYTES) break
    end += segment.length
  }
  return text.slice(0, end)
}
