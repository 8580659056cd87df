const SMALL_WORDS: ReadonlySet<string> = new Set(['the', 'of', 'and'])

/**
 * The same text for all spellings of a country's name: its words without accents, marks and small
 * words, in alphabetical order. `Korea, Republic of` is `the Republic of Korea`.
 */
export function countryNameKey(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f.'’‘ʼʻ`]/g, '')
    .toLowerCase()
  const words = (plain.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).filter((word) => !SMALL_WORDS.has(word))
  return (
    words
      .join(' ')
      // `U. S. A.` is `USA`.
      .replace(/(?<=(?:^| ).) (?=.(?: |$))/gu, '')
      .split(' ')
      .map((word) => (word === 'st' ? 'saint' : word))
      .toSorted()
      .join(' ')
  )
}
