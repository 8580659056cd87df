import { Hono } from 'hono'
import { expect, it } from 'vitest'
import { giveWay, goesFirst } from '../../src/http/give-way.ts'

/** What happens in which order when a file is at a chunk while a request waits for `work`. */
async function race(work: () => Promise<unknown>) {
  const happened: string[] = []
  const app = new Hono()
  app.use(goesFirst)
  app.get('/', async (context) => {
    await work()
    return context.body(null)
  })
  app.onError((_, context) => context.body(null, 500))
  const request = async () => {
    await app.request('/')
    happened.push('answered')
  }
  const file = async () => {
    await giveWay()
    happened.push('went on')
  }
  return { happened, request: request(), file: file() }
}

/** A busy machine may lose the race now and then, but not every time; who does not give way never wins it. */
async function firstOfTwenty(work: () => Promise<unknown>) {
  for (let round = 0; round < 20; round += 1) {
    const { happened, request, file } = await race(work)
    await Promise.all([request, file])
    if (happened[0] === 'answered') return 'answered'
  }
  return 'went on'
}

it('lets a request be answered before a file goes on', async () => {
  expect(await firstOfTwenty(() => scheduler.wait(4))).toBe('answered')
})

it('goes on at once when the request has been answered, and be it with an error', async () => {
  const { request } = await race(() => Promise.reject(new Error('broken')))
  await request
  const first: string[] = []
  for (let round = 0; round < 20; round += 1) {
    await scheduler.wait(10)
    const happened: string[] = []
    const note = (event: string) => () => happened.push(event)
    await Promise.all([giveWay().then(note('went on')), scheduler.wait(6).then(note('later'))])
    first.push(...happened.slice(0, 1))
  }
  expect(first).toContain('went on')
})

it('does not wait for one that takes long', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const { happened, request, file } = await race(() => promise)
  await file
  resolve()
  await request
  expect(happened).toEqual(['went on', 'answered'])
})
