import { english } from './english.ts'
import { german } from './german.ts'
import { spanish } from './spanish.ts'

export type TextKey = keyof typeof english

/** The texts of a language, by the keys of the English ones. */
export type Texts = Readonly<Record<TextKey, string>>

const languages = { en: english, de: german, es: spanish } satisfies Record<string, Texts>

export type Language = keyof typeof languages

/** The languages by their own names, in the order in which they are offered. */
export const languageNames = { en: 'English', de: 'Deutsch', es: 'Español' } satisfies Record<
  Language,
  string
>

const isLanguage = (name: string): name is Language => Object.hasOwn(languages, name)

/** Where a choice of the language is kept: it tells nothing of a user. */
const KEY = 'language'

/** The language chosen here before, or the first one of the browser that there is. */
export const language: Language =
  [localStorage.getItem(KEY) ?? '', ...navigator.languages]
    .map((name) => name.slice(0, 2).toLowerCase())
    .find(isLanguage) ?? 'en'

/** The browser's own form of the language, such as `en-GB`, for its dates and numbers. */
export const locale: string =
  navigator.languages.find((name) => name.slice(0, 2).toLowerCase() === language) ?? language

/** Shows the page in another language from now on. */
export function chooseLanguage(name: string): void {
  if (!isLanguage(name)) return
  localStorage.setItem(KEY, name)
  location.reload()
}

const texts: Texts = languages[language]

const plurals = new Intl.PluralRules(locale)
const numbers = new Intl.NumberFormat(locale)

type Values = Readonly<Record<string, string | number>>

/** A text of the page in its language, with values filled in. Numbers are in the language's form. */
export const text = (key: TextKey, values: Values = {}): string => filled(texts[key], values)

/** A text with `n` of something, in the form that the number asks for. */
export function counted(key: TextKey, n: number): string {
  const [one = '', several = one] = texts[key].split('|')
  return filled(plurals.select(n) === 'one' ? one : several, { n })
}

/** A text whose key is made of parts, where there is one. */
export const textIfAny = (key: string): string | undefined =>
  Object.hasOwn(texts, key) ? new Map<string, string>(Object.entries(texts)).get(key) : undefined

const filled = (template: string, values: Values): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name]
    return typeof value === 'number' ? numbers.format(value) : (value ?? whole)
  })
