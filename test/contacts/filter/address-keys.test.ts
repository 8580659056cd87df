import { beforeEach, describe, expect, it } from 'vitest'
import { both, EVERYBODY, makeAll, placed, selected, twoLists } from '../../helpers/filter-rows.ts'

beforeEach(async () => {
  await twoLists()
  await makeAll({
    now: placed({ city: 'Paris', state: 'NY', primary_mailing_address: 1 }),
    earlier: placed({ city: 'Paris', state: 'NY', historic: 1 }),
    moved: both(placed({ city: 'Paris', historic: 1 }), placed({ city: 'Rome', state: 'NY' })),
    gone: placed({ city: 'Paris', state: 'NY', deleted: 1, primary_mailing_address: 1 }),
    unknown: placed({ city: '', state: null }),
    without: {},
  })
})

describe('addresses', () => {
  it.each<[object, string[]]>([
    [{ city: 'Paris' }, ['now']],
    [{ city: 'paris' }, []],
    [{ city: 'Paris', address_historic: true }, ['moved', 'earlier']],
    [{ city: 'Paris', address_historic: 'false' }, ['now']],
    [{ city: 'none' }, ['unknown']],
    [{ state: 'none' }, ['unknown']],
    [{ city: 'none,Rome' }, ['moved', 'unknown']],
    [{ city: 'none', address_historic: true }, []],
    [{ city: 'Paris', state: 'NY' }, ['now']],
    [{ city: 'Paris', reverse_city: true }, ['gone', 'moved', 'without', 'earlier', 'unknown']],
    // Reversed, a key still looks at current addresses, or at historic ones.
    [{ city: 'Rome', reverse_city: true }, ['gone', 'without', 'now', 'earlier', 'unknown']],
    [{ city: 'Paris', reverse_city: true, address_historic: true }, []],
    [{ city: 'Rome', reverse_city: true, address_historic: true }, ['moved', 'earlier']],
    // Once one of the group is reversed, each stands alone: somewhere in Rome, and something historic.
    [
      { city: 'Paris', address_historic: true, reverse_state: true, state: 'CA' },
      ['moved', 'earlier'],
    ],
    [{ city: 'Rome', address_historic: true, reverse_address_historic: true }, []],
    [{ city: 'Rome', address_historic: false, reverse_address_historic: true }, []],
    [{ city: 'Paris', address_historic: true, reverse_address_historic: true }, []],
    [{ address_historic: true }, ['moved', 'earlier']],
    [{ address_historic: false }, ['moved', 'now', 'unknown']],
    [
      { address_historic: true, reverse_address_historic: true },
      ['gone', 'without', 'now', 'unknown'],
    ],
    [{ address_historic: false, reverse_address_historic: true }, ['gone', 'without', 'earlier']],
    [{ address_historic: false, reverse_city: true }, ['moved', 'now', 'unknown']],
    [{ any_filter: true, city: 'Rome', state: 'none' }, ['moved', 'unknown']],
    [{ any_filter: true, city: 'Rome', address_historic: true }, ['moved', 'earlier']],
    [
      {
        any_filter: true,
        city: 'Rome',
        reverse_city: true,
        address_historic: true,
        reverse_address_historic: true,
      },
      ['gone', 'moved', 'without', 'now', 'earlier', 'unknown'],
    ],
    [{ primary_address: 'primary' }, ['now']],
    [{ primary_address: 'active' }, ['moved', 'now', 'unknown']],
    [{ primary_address: 'inactive' }, ['moved', 'earlier']],
    [{ primary_address: 'inactive,primary' }, ['moved', 'now', 'earlier']],
    [{ primary_address: ['active', 'inactive', 'active'] }, ['moved', 'now', 'earlier', 'unknown']],
    [{ primary_address: 'inactive', city: 'Rome' }, []],
    [{ primary_address: 'inactive', city: 'Paris' }, []],
    [{ primary_address: 'inactive', city: 'Paris', address_historic: true }, ['moved', 'earlier']],
    [{ primary_address: 'inactive', address_historic: false }, []],
    [{ primary_address: 'primary', state: 'NY', reverse_primary_address: true }, ['moved']],
    [
      { primary_address: 'primary', reverse_primary_address: true },
      ['gone', 'moved', 'without', 'earlier', 'unknown'],
    ],
    [{ any_filter: true, primary_address: 'null', city: 'Rome' }, ['moved']],
    [{ primary_address: 'primary,null', reverse_primary_address: true, city: 'Rome' }, ['moved']],
  ])('%j', async (filter, expected) => {
    expect(await selected({ ...('any_filter' in filter ? {} : EVERYBODY), ...filter })).toEqual(
      expected.toSorted(),
    )
  })

  it('that are not valid, or primary twice, do not count once deleted', async () => {
    await makeAll({
      wrong: placed({ valid_values: 0, historic: 1 }),
      wrongAndGone: placed({ valid_values: 0, deleted: 1 }),
      twice: both(
        placed({ primary_mailing_address: 1 }),
        placed({ primary_mailing_address: 1, historic: 1 }),
      ),
      onceAndGone: both(
        placed({ primary_mailing_address: 1 }),
        placed({ primary_mailing_address: 1, deleted: 1 }),
      ),
    })
    expect(await selected({ address_valid: false })).toEqual(['twice', 'wrong'])
    expect(await selected({ address_valid: true })).toHaveLength(10)
    expect(await selected({ address_valid: true, reverse_address_valid: true })).toHaveLength(10)
    expect(await selected({ address_valid: 'false', reverse_address_valid: true })).toHaveLength(8)
  })
})
