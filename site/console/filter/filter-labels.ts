import { textIfAny } from '../texts/texts.ts'
import { filterControl } from './filter-controls.ts'

/** What a key of the filter is called. A key without words of its own is named by its parts. */
export function keyLabel(key: string): string {
  const [first = '', ...rest] = key.replaceAll('_', ' ')
  return textIfAny(`key.${key}`) ?? `${first.toUpperCase()}${rest.join('')}`
}

/** What a word that a key takes is called. */
export const wordLabel = (key: string, word: string): string =>
  textIfAny(`word.${key}.${word}`) ?? (isNone(key, word) ? textIfAny('word.none') : word) ?? word

const isNone = (key: string, word: string): boolean =>
  ['none', 'null'].includes(word) && (filterControl(key)?.words.includes(word) ?? false)

/** A sentence on a key that has no words of its own, for those who look for it. */
export const keyHint = (key: string): string | undefined =>
  textIfAny(`key.${key}`) === undefined ? filterControl(key)?.selects : undefined
