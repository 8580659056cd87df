import type { LabelTemplate } from './label-template.ts'
import { labelTemplates } from './label-templates.ts'

/** The template of a label sheet where none is named. */
export const DEFAULT_TEMPLATE = '5160'

/**
 * Other names of a template: the numbers under which the same sheet is sold, and two slips of the
 * original web client, `Avery5610` and `Avery7610`.
 */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  5160:
    '5260 5510 5520 5560 5810 5920 5960 5970 5980 6460 8160 8250 8460 8560 8660 8810 8920 15160 ' +
    '18160 18660 25160 5610',
  5161: '5261 5961 8161 8461 18161',
  5162: '5262 5962 8162 8462 15162 18162',
  5163: '5263 5963 8163 8463 15163 18163',
  5164: '5264 8164 8464',
  // J is for inkjet printers: without it, some of these are the numbers of sheets of US Letter.
  L7159: 'J8159',
  L7160: 'J8160 C2160 7610',
  L7161: 'J8161',
  L7162: 'J8162',
  L7163: 'J8163',
  L7164: 'J8164',
  L7165: 'J8165',
  L7173: 'J8173',
  L7651: 'J8651',
  3475: '3490',
}

/**
 * The template with a name, in which letter case, blanks, dashes, the brand, and a leading `L` or
 * `J` do not matter.
 */
export function findTemplate(name: string): LabelTemplate | undefined {
  const exact = simplified(name)
  return templates.get(exact) ?? templates.get(withoutLetter(exact))
}

const simplified = (name: string): string =>
  name
    .toLowerCase()
    .replace(/avery|zweckform/g, '')
    .replace(/[\s\p{Pd}_#]/gu, '')

const withoutLetter = (name: string): string => name.replace(/^[lj](?=\d)/, '')

/** The other names of a template, without its own. */
export const otherNamesOf = ({ key }: LabelTemplate): readonly string[] =>
  OTHER_NAMES[key]?.split(' ') ?? []

/** By each name, and by each without its letter unless another sheet has that number. */
const templates = new Map(
  [(name: string) => withoutLetter(name), (name: string) => name].flatMap((form) =>
    labelTemplates
      .toReversed()
      .flatMap((template) =>
        [...otherNamesOf(template), template.key].map(
          (name) => [form(simplified(name)), template] as const,
        ),
      ),
  ),
)
