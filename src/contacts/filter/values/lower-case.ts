/**
 * A text as it is compared in a search: in lower case, letter by letter, by Unicode's one-to-one
 * mapping (UnicodeData.txt, simple lower case), with `'` for `’`. JavaScript differs from the
 * mapping in one letter, İ, for which it gives two. Letters are converted one by one, so that a Σ
 * at the end of a word is not an exception.
 */
export const lowerCase = (text: string): string =>
  Array.from(text, (character) => EXCEPTIONS.get(character) ?? character.toLowerCase()).join('')

const EXCEPTIONS: ReadonlyMap<string, string> = new Map([
  ['İ', 'i'],
  ['’', "'"],
])
