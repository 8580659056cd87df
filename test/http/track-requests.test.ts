import { Hono } from 'hono'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { trackRequests } from '../../src/http/track-requests.ts'
import { hasPendingRequests } from '../../src/streams/pending-requests.ts'

/** A request whose response is ready when the test says so. */
function request() {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const app = new Hono()
  app.use(trackRequests)
  app.get('/', async (context) => {
    await promise
    return context.body(null)
  })
  app.onError((_, context) => context.body(null, 500))
  const response = Promise.resolve(app.request('/'))
  const end = async (settle: () => void) => {
    settle()
    await response
  }
  return {
    answer: () => end(resolve),
    fail: () => end(() => reject(new Error('broken'))),
  }
}

const waitIn = (milliseconds: number) => hasPendingRequests(Date.now() + milliseconds)

let later = 0

/** Lets so much time pass that the last response has left long ago. */
const letTimePass = () => vi.setSystemTime(Date.now() + 500)

/** Each test begins after the one before it. */
beforeEach(() => {
  later += 2000
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + later })
})

afterEach(() => vi.useRealTimers())

describe('a request', () => {
  it('waits until its response has left, or has failed', async () => {
    for (const end of ['answer', 'fail'] as const) {
      letTimePass()
      const one = request()
      expect([waitIn(0), waitIn(100)]).toEqual([true, true])
      await one[end]()
      expect([waitIn(0), waitIn(7), waitIn(8)]).toEqual([true, true, false])
    }
  })

  it('still waits when another one has been answered', async () => {
    const [first, second] = [request(), request()]
    await second.answer()
    expect(waitIn(100)).toBe(true)
    await first.answer()
    expect(waitIn(100)).toBe(false)
  })

  it('that takes long waits for something else', async () => {
    const one = request()
    expect(waitIn(150)).toBe(false)
    await one.answer()
  })
})
