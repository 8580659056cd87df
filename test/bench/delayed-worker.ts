import { app } from '../../src/app.ts'
import type { Env } from '../../src/env.ts'
import { toReadableStream } from '../../src/streams/to-readable-stream.ts'
import { delayedBindings } from '../helpers/delayed-bindings.ts'

/**
 * The service over bindings in which each call waits as long as a header says, as for a round trip.
 * It logs how many calls a response took, one after another.
 */
export default {
  async fetch(request, env, context) {
    const milliseconds = Number(request.headers.get('X-Call-Delay') ?? 0)
    const { calls, inSequence, ...bindings } = delayedBindings(env, milliseconds)
    const response = await app.fetch(request, { ...env, ...bindings }, context)
    let beforeContacts = inSequence()
    let beforeLastByte = inSequence()

    const log = (): void => {
      const line = {
        event: 'calls',
        path: new URL(request.url).pathname,
        before_contacts: beforeContacts,
        before_last_byte: beforeLastByte,
        in_all: inSequence(),
        calls: calls.map(({ name, depth }) => `${depth} ${name}`),
      }
      console.log(JSON.stringify(line))
    }

    async function* noted(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
      let chunks = 0
      for await (const chunk of body) {
        chunks += 1
        // The first chunk has the headings.
        if (chunks === 2) beforeContacts = inSequence()
        beforeLastByte = inSequence()
        yield chunk
      }
      log()
    }

    if (!response.body || response.headers.has('Content-Length')) {
      log()
      return response
    }
    const body = noted(response.body)
    return new Response(
      toReadableStream(body, () => body.return(undefined)),
      response,
    )
  },
} satisfies ExportedHandler<Env>
