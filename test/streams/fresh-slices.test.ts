import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { freshSlices } from '../../src/streams/fresh-slices.ts'

const FRESH_MILLISECONDS = 1000

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

type Found = { readonly item: number; readonly readAt: 'first' | 'again' }

/** @param most how many items are read again at once */
function slicesOf(batches: readonly (readonly number[])[], most = Infinity) {
  const readAgain: (readonly number[])[] = []
  async function* source(): AsyncGenerator<readonly Found[], void, undefined> {
    for (const batch of batches) {
      await Promise.resolve()
      yield batch.map((item) => ({ item, readAt: 'first' }))
    }
  }
  const slices = freshSlices<number, Found>(
    source(),
    2,
    async (items) => {
      readAgain.push(items)
      await Promise.resolve()
      return items.slice(0, most).map((item) => ({ item, readAt: 'again' }))
    },
    FRESH_MILLISECONDS,
  )
  return { slices, readAgain }
}

it('returns batches in slices', async () => {
  const { slices, readAgain } = slicesOf([[1, 2, 3, 4, 5], [6]])
  const all: number[][] = []
  for await (const slice of slices) all.push(slice.map(({ item }) => item))
  expect(all).toEqual([[1, 2], [3, 4], [5], [6]])
  expect(readAgain).toEqual([])
})

it('reads again what has waited too long', async () => {
  const { slices, readAgain } = slicesOf([[1, 2, 3, 4, 5]])
  await slices.next()
  await vi.advanceTimersByTimeAsync(FRESH_MILLISECONDS + 1)
  expect(readAgain).toEqual([])
  expect(await slices.next()).toEqual({
    value: [
      { item: 3, readAt: 'again' },
      { item: 4, readAt: 'again' },
    ],
  })
  expect(await slices.next()).toEqual({ value: [{ item: 5, readAt: 'again' }] })
  expect(readAgain).toEqual([[3, 4, 5]])
})

it('returns each item once when less is read again at once', async () => {
  const { slices, readAgain } = slicesOf([[1, 2, 3, 4, 5], [6]], 1)
  const all = [(await slices.next()).value]
  await vi.advanceTimersByTimeAsync(FRESH_MILLISECONDS + 1)
  for await (const slice of slices) all.push(slice)
  expect(all.flatMap((slice) => slice?.map(({ item }) => item) ?? [])).toEqual([1, 2, 3, 4, 5, 6])
  expect(readAgain).toEqual([[3, 4, 5], [4, 5], [5]])
})
