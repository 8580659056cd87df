/**
 * Replaces the first occurrence of a part.
 *
 * @throws Error when the XML lacks the part
 */
export function replaceRequired(xml: string, part: string, replacement: string): string {
  const result = xml.replace(part, () => replacement)
  if (result === xml) throw new Error(`write-excel-file has made a part without ${part}.`)
  return result
}
