import * as fc from 'fast-check'
import { filterKeyNames } from '../../src/contacts/filter/keys/keys.ts'
import { randomFilter } from '../naive/random-filter.ts'
import { chanceOf, randomWorld } from '../naive/random-world.ts'
import { anyText, anyValue } from './fuzz.ts'

/** A world of contacts in which something is to be selected. */
export const world = randomWorld(chanceOf(1))

/** A user of that world. */
export const worldUser = world.account_list_users[0]?.user_id ?? 'nobody'

const names = [...filterKeyNames, 'account_list_id', 'any_filter', 'any_tags']

const anyName = fc.oneof(
  fc.constantFrom(...names),
  fc.constantFrom(...names).map((name) => `reverse_${name}`),
  fc.constantFrom(...names).map((name) => name.toUpperCase().replaceAll('_', '-')),
  anyText,
)

const values = fc.oneof(
  anyValue,
  fc.array(anyText, { maxLength: 5 }),
  fc.array(anyText, { maxLength: 5 }).map((items) => items.join(',')),
  fc.tuple(anyText, fc.constantFrom('..', '...'), anyText).map((parts) => parts.join('')),
  fc.dictionary(fc.constantFrom('min', 'max', 'start', 'end', 'wildcard_note_search'), anyValue),
)

/** A filter that can be right: keys that mean something, with values that do. */
const sensible = fc.nat().map((seed) => randomFilter(chanceOf(seed), world))

/** Any filter: some are right, most are nearly so. */
export const anyFilter: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: sensible },
  { weight: 3, arbitrary: fc.dictionary(anyName, values, { maxKeys: 5 }) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(sensible, fc.dictionary(anyName, values, { maxKeys: 2 }))
      .map(([filter, others]) =>
        typeof filter === 'string' ? filter : Object.assign({}, filter, others),
      ),
  },
  { weight: 1, arbitrary: anyValue },
)
