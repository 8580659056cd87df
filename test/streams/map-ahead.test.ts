import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { mapAhead } from '../../src/streams/map-ahead.ts'

const FRESH_MILLISECONDS = 1000

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

/** Numbers from 1, and which of them have been converted; a negative one fails. */
function numbers(...items: readonly number[]) {
  const converted: number[] = []
  let hasEnded = false
  async function* source(): AsyncGenerator<number, void, undefined> {
    try {
      yield* asyncOf(...items)
    } finally {
      hasEnded = true
    }
  }
  const results = mapAhead(
    source(),
    async (item) => {
      converted.push(item)
      await Promise.resolve()
      if (item < 0) throw new Error(`${item} cannot be converted.`)
      return String(item)
    },
    FRESH_MILLISECONDS,
  )
  return { results, converted, hasEnded: () => hasEnded }
}

const settled = () => vi.advanceTimersByTimeAsync(0)

it('returns all results in their order', async () => {
  const { results, converted, hasEnded } = numbers(1, 2, 3)
  const all: string[] = []
  for await (const result of results) all.push(result)
  expect(all).toEqual(['1', '2', '3'])
  expect(converted).toEqual([1, 2, 3])
  expect(hasEnded()).toBe(true)
})

it('converts one item ahead, and no more', async () => {
  const { results, converted } = numbers(1, 2, 3, 4)
  await settled()
  expect(converted).toEqual([])
  await results.next()
  await settled()
  expect(converted).toEqual([1, 2])
  await results.next()
  await settled()
  expect(converted).toEqual([1, 2, 3])
})

describe('a result that has waited too long', () => {
  it('is converted again, and the next item is not converted ahead', async () => {
    const { results, converted } = numbers(1, 2, 3, 4)
    await results.next()
    await vi.advanceTimersByTimeAsync(FRESH_MILLISECONDS + 1)
    expect(await results.next()).toEqual({ value: '2' })
    await settled()
    expect(converted).toEqual([1, 2, 2])
    expect(await results.next()).toEqual({ value: '3' })
    await settled()
    expect(converted).toEqual([1, 2, 2, 3, 4])
  })
})

describe('an error', () => {
  it('of an item that was converted ahead is thrown where its result is requested', async () => {
    const { results, hasEnded } = numbers(1, -2, 3)
    expect(await results.next()).toEqual({ value: '1' })
    await settled()
    await expect(results.next()).rejects.toThrow('-2 cannot be converted.')
    expect(hasEnded()).toBe(true)
  })

  it('is not thrown where its result is never requested', async () => {
    const { results, hasEnded } = numbers(1, -2)
    await results.next()
    await settled()
    await results.return?.()
    expect(hasEnded()).toBe(true)
  })
})

it('waits for the item that is being converted when its reader stops', async () => {
  let finish: (() => void) | undefined
  let hasFinished = false
  const results = mapAhead(
    asyncOf(1, 2),
    async (item) => {
      if (item === 2) await new Promise<void>((resolve) => (finish = resolve))
      hasFinished = item === 2
      return item
    },
    FRESH_MILLISECONDS,
  )
  await results.next()
  await settled()
  const stopped = results.return?.().then(() => hasFinished)
  finish?.()
  expect(await stopped).toBe(true)
})

async function* asyncOf(...items: readonly number[]): AsyncGenerator<number, void, undefined> {
  yield* items
}
