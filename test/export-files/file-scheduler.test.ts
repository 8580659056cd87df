import { describe, expect, it } from 'vitest'
import { CHUNKS_AT_ONCE, scheduleFile, type Clock } from '../../src/export-files/file-scheduler.ts'
import { simulatedClock } from '../helpers/simulated-clock.ts'

/**
 * What a million contacts take in a local run: pages, and the time from one to the next, which is
 * mostly D1's.
 */
const PAGES_OF_A_MILLION = 450
const PAGE_MILLISECONDS = 150

/**
 * A file of so many chunks, each of which takes its time. `note` is told when one is begun and when
 * it is there.
 */
async function* file(
  clock: Clock,
  chunks: number,
  milliseconds: number,
  note: (event: 'begun' | 'done') => void = () => undefined,
): AsyncGenerator<number> {
  for (let chunk = 0; chunk < chunks; chunk += 1) {
    note('begun')
    await clock.wait(milliseconds)
    note('done')
    yield chunk
  }
}

async function readAll(chunks: AsyncGenerator<number>): Promise<number[]> {
  const read: number[] = []
  for await (const chunk of chunks) read.push(chunk)
  return read
}

describe('a file', () => {
  it('has all of its chunks, in their order', async () => {
    const { clock, run } = simulatedClock()
    const read = readAll(scheduleFile(file(clock, 5, 10), clock).chunks)
    await run(read)
    expect(await read).toEqual([0, 1, 2, 3, 4])
  })

  it.each([
    ['no request waits', () => false, 0.02],
    ['requests wait all the time', () => true, 0.05],
  ])('of a million contacts loses little when %s', async (_, hasPendingRequests, share) => {
    const { clock, run } = simulatedClock(hasPendingRequests)
    const chunks = file(clock, PAGES_OF_A_MILLION, PAGE_MILLISECONDS)
    const milliseconds = await run(readAll(scheduleFile(chunks, clock).chunks))
    const lost = milliseconds - PAGES_OF_A_MILLION * PAGE_MILLISECONDS
    expect(lost).toBeGreaterThan(0)
    expect(lost / milliseconds).toBeLessThanOrEqual(share)
  })

  it('stays behind a request until that is answered, and no longer', async () => {
    let begun: number | undefined
    const { clock, run } = simulatedClock((now) => {
      begun ??= now
      return now - begun < 5
    })
    const milliseconds = await run(
      readAll(scheduleFile(file(clock, CHUNKS_AT_ONCE + 1, 10), clock).chunks),
    )
    const made = (CHUNKS_AT_ONCE + 1) * 10
    // A millisecond before the last chunk and before the end, and five more for the request.
    expect(milliseconds).toBeGreaterThanOrEqual(made + 5)
    expect(milliseconds).toBeLessThanOrEqual(made + 5 + 4)
  })

  it('ends its source when its reader goes away', async () => {
    const { clock, run } = simulatedClock()
    let isEnded = false
    async function* source() {
      try {
        yield* file(clock, 5, 1)
      } finally {
        isEnded = true
      }
    }
    const { chunks } = scheduleFile(source(), clock)
    await run(chunks.next())
    await chunks.return(undefined)
    expect(isEnded).toBe(true)
  })
})

/** Starts files, each with a letter, and notes whose chunks are made in which order. */
function race(
  clock: Clock,
  files: readonly { readonly letter: string; readonly leaves?: boolean }[],
) {
  const order: string[] = []
  const open = new Set<string>()
  let mostOpen = 0
  const reading = files.map(async ({ letter, leaves }, index) => {
    // They come one after the other.
    await clock.wait(index)
    let count = 0
    const note = (event: 'begun' | 'done') => {
      // The first chunks need no turn.
      if (event === 'begun' && count >= CHUNKS_AT_ONCE) open.add(letter)
      else open.delete(letter)
      mostOpen = Math.max(mostOpen, open.size)
      if (event === 'done' && count++ >= CHUNKS_AT_ONCE) order.push(letter)
    }
    const turns = scheduleFile(file(clock, CHUNKS_AT_ONCE + 4, 20, note), clock)
    if (leaves) turns.clientDisconnected()
    await readAll(turns.chunks)
  })
  return { order, mostOpen: () => mostOpen, done: Promise.all(reading) }
}

describe('files at once', () => {
  it('take turns, one at a time', async () => {
    const { clock, run } = simulatedClock()
    const { order, mostOpen, done } = race(clock, [
      { letter: 'a' },
      { letter: 'b' },
      { letter: 'c' },
    ])
    await run(done)
    expect(order.join('')).toBe('abcabcabcabc')
    expect(mostOpen()).toBe(1)
  })

  it('are finished one after the other when their clients have left', async () => {
    const { clock, run } = simulatedClock()
    const { order, done } = race(clock, [
      { letter: 'a', leaves: true },
      { letter: 'b', leaves: true },
    ])
    await run(done)
    // The second comes to its first turn before the first has come back for its second.
    expect(order.join('')).toMatch(/^a+b?a*b+$/)
    expect(order.slice(0, 5).filter((letter) => letter === 'a').length).toBeGreaterThanOrEqual(3)
  })

  it('have every second turn when their client is there, however many have none', async () => {
    const { clock, run } = simulatedClock()
    const { order, done } = race(clock, [
      { letter: 'a', leaves: true },
      { letter: 'b', leaves: true },
      { letter: 'c' },
    ])
    await run(done)
    const last = order.lastIndexOf('c')
    expect(last).toBeLessThanOrEqual(8)
  })

  it('do not wait for one whose call hangs', async () => {
    const { clock, run } = simulatedClock()
    async function* hanging() {
      yield 0
      await clock.wait(60_000)
      yield 1
    }
    const hung = scheduleFile(hanging(), clock).chunks
    const all = readAll(hung)
    const other = readAll(scheduleFile(file(clock, 5, 10), clock).chunks)
    const milliseconds = await run(other)
    expect(milliseconds).toBeLessThan(5000)
    await run(all)
  })

  it('do not wait for one that was cut off while it waited', async () => {
    const { clock, run } = simulatedClock()
    let isCut = false
    const cut: Clock = {
      ...clock,
      wait: (milliseconds) => (isCut ? new Promise(() => undefined) : clock.wait(milliseconds)),
    }
    const first = scheduleFile(file(clock, 3, 500), clock).chunks
    const second = scheduleFile(file(clock, 3, 10), cut).chunks
    await run(first.next())
    await run(second.next())
    const started = first.next()
    void second.next()
    isCut = true
    await run(started)
    const third = readAll(scheduleFile(file(clock, 3, 10), clock).chunks)
    expect(await run(third)).toBeLessThan(5000)
  })
})
