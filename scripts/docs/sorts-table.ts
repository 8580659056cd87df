import { contactSorts } from '../../src/contacts/reading/sorts.ts'
import { code, table } from './table.ts'

/** Every order of the contacts of a file, from the list in the code. */
export const sortsTable = (): string =>
  table(
    ['sort', 'also', 'order'],
    contactSorts.map(({ names: [name, ...others], description }) => [
      code(name),
      others.map(code).join(', '),
      description,
    ]),
  )
