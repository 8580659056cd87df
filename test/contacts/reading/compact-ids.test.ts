import { describe, expect, it } from 'vitest'
import { compactIds } from '../../../src/contacts/reading/selection/compact-ids.ts'

const UUID = '0f5d2c1a-9b8e-4d7c-a6f5-0123456789ab'
const OTHER_UUID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

describe('ids that were compact', () => {
  it.each([
    [[]],
    [[UUID]],
    [[UUID, OTHER_UUID, UUID]],
    [[UUID.toUpperCase()]],
    [[UUID, UUID.toUpperCase(), OTHER_UUID]],
    [['street 1', 'a,b', '', '"', '😀']],
    [[UUID, `${OTHER_UUID}0`]],
    [[UUID, UUID.replaceAll('-', '')]],
    [[UUID, `${UUID}\n`]],
  ])('are what they were: %j', (ids: readonly string[]) => {
    const compact = compactIds(ids)
    expect(compact.length).toBe(ids.length)
    for (let from = 0; from <= ids.length; from += 1) {
      for (let to = from; to <= ids.length + 2; to += 1) {
        expect(compact.slice(from, to)).toEqual(ids.slice(from, to))
      }
    }
  })
})
