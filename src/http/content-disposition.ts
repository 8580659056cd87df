/**
 * The header that offers a file for download under a name (RFC 6266). A name beyond ASCII is given
 * twice: encoded (RFC 8187), and as readable as it gets for clients that do not know that form.
 *
 * @param name without control characters and path separators
 */
export function attachment(name: string): string {
  const plain = `attachment; filename="${asciiOf(name)}"`
  return asciiOf(name) === name ? plain : `${plain}; filename*=UTF-8''${encoded(name)}`
}

/** Without accents, and without what is quoted, or decoded by some browsers. */
const asciiOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^ -~]/gu, '_')
    .replaceAll(/["\\%]/g, '_')

/** RFC 8187, `ext-value`: fewer characters stand for themselves than in a URL. */
const encoded = (name: string): string =>
  encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
