import { beforeEach, describe, expect, it, vi } from 'vitest'
import { isTransient, retry } from '../src/retry.ts'

const log = vi.spyOn(console, 'log').mockImplementation(() => undefined)

beforeEach(() => {
  log.mockClear()
})

describe('an error is transient', () => {
  it.each([
    'D1_ERROR: Network connection lost.',
    'D1_ERROR: D1 DB reset because its code was updated.',
    'D1_ERROR: Internal error while starting up D1 DB storage caused object to be reset.',
    'D1_ERROR: Internal error in D1 DB storage caused object to be reset.',
    'D1_ERROR: D1 DB storage operation exceeded timeout which caused object to be reset.',
    'D1_ERROR: Cannot resolve D1 DB due to transient issue on remote node.',
    "D1_ERROR: Can't read from request stream because client disconnected.",
    'D1_ERROR: D1 DB is overloaded. Requests queued for too long.',
    'D1_ERROR: D1 DB is overloaded. Too many requests queued.',
    'D1_ERROR: internal error; reference = abc',
    'internal error',
    'put: We encountered an internal error. Please try again. (10001)',
    'get: The service is temporarily unavailable. (10043)',
    'put: The client disconnected. (10054)',
    'uploadPart: Reduce your rate of requests. (10058)',
  ])('when it says: %s', (message) => {
    expect(isTransient(new Error(message))).toBe(true)
    expect(isTransient(new Error('Failed query', { cause: new Error(message) }))).toBe(true)
  })

  it.each([
    "D1_ERROR: D1 DB's isolate exceeded its memory limit and was reset.",
    'D1_ERROR: D1 DB exceeded its CPU time limit and was reset.',
    'D1_ERROR: UNIQUE constraint failed: export_logs.id: SQLITE_CONSTRAINT',
    'D1_ERROR: no such table: internal error',
    'complete: The specified multipart upload does not exist. (10024)',
    'get: The requested range is not satisfiable. (10039)',
    'put: 10001 bytes are too many. (10012)',
    'D1 is away',
  ])('but not when it says: %s', (message) => {
    expect(isTransient(new Error(message))).toBe(false)
  })
})

/** A call that fails so often. */
function failing(times: number, message = 'Network connection lost.') {
  let calls = 0
  const call = async () => {
    calls += 1
    if (calls <= times) throw new Error(message)
    return calls
  }
  return { call, calls: () => calls }
}

describe('a call', () => {
  it.each([0, 1, 3])('that fails %i times for a moment gives what it gives then', async (times) => {
    expect(await retry(failing(times).call)).toBe(times + 1)
    expect(log).toHaveBeenCalledTimes(times)
  })

  it('is not made again after another error', async () => {
    const { call, calls } = failing(1, 'D1 is away')
    await expect(retry(call)).rejects.toThrow('D1 is away')
    expect(calls()).toBe(1)
  })

  it('is not made again when there is no room for it', async () => {
    const { call, calls } = failing(9)
    await expect(retry(call, () => calls() < 2)).rejects.toThrow('Network connection lost')
    expect(calls()).toBe(2)
  })

  it('fails in the end when it always fails', async () => {
    const { call, calls } = failing(Infinity)
    await expect(retry(call)).rejects.toThrow('Network connection lost')
    expect(calls()).toBeGreaterThan(3)
    expect(calls()).toBeLessThan(10)
  })

  it('is not made again long after it was made first', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const { call, calls } = failing(9)
    const late = async () => {
      vi.setSystemTime(Date.now() + 6000)
      return call()
    }
    await expect(retry(late)).rejects.toThrow('Network connection lost')
    vi.useRealTimers()
    expect(calls()).toBe(1)
  })
})
