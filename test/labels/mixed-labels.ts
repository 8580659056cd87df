import { leftToRight, overlong, rightToLeft } from './sample-labels.ts'

const SCRIPTS = [...Object.values(leftToRight), ...Object.values(rightToLeft)]

/** The text of a label in many: half of them in Latin letters, with numbers that occur once. */
export function mixedLabel(number: number): string {
  if (number % 50 === 0) return `${overlong['names']} ${number}`
  if (number % 2 === 0) return latinLabel(number)
  const text = SCRIPTS[Math.floor(number / 2) % SCRIPTS.length] ?? ''
  return text.replace('\n', ` ${number}\n`)
}

const FIRST_NAMES = ['John and Jane', 'Zoë', 'Åse', 'José María', 'Jörg', 'Ngọc', 'Fábio & Ágnes']
const LAST_NAMES = [
  'Smith',
  'Müller-Lüdenscheidt',
  'O’Brien',
  'van der Fjord',
  'Łukasiewicz',
  'Ðặng',
]
const STREETS = ['Main Street', 'Rue de l’Église', 'Jólagata', 'Calle de Ávila', 'Großer Weg']
const PLACES = ['Springfield, IL 62701', '75001 Paris\nFRANCE', '28013 MADRID\nSPAIN', 'Qaqortoq']

function latinLabel(number: number): string {
  const pick = (choices: readonly string[], step: number) =>
    choices[Math.floor(number / step) % choices.length] ?? ''
  const apartment = number % 6 === 0 ? `\nApartment ${number % 100}` : ''
  return [
    `${pick(FIRST_NAMES, 2)} ${pick(LAST_NAMES, 3)}`,
    `${number} ${pick(STREETS, 5)}${apartment}`,
    pick(PLACES, 7),
  ].join('\n')
}
