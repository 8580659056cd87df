import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import type { TestProject } from 'vitest/node'
import * as z from 'zod'

/**
 * How the key server answers at a path: `silent` accepts and says nothing, `stuck` stops half-way,
 * `dead` hangs up.
 */
const answer = z.object({
  mood: z.enum(['well', 'silent', 'stuck', 'dead']),
  status: z.number(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
})

export type Answer = z.infer<typeof answer>

/**
 * An identity provider's key server, outside of workerd: a `PUT` of a path says how it answers
 * there from now on, a `DELETE` how often it was asked.
 */
export default async function setUp(project: TestProject) {
  const answers = new Map<string, Answer>()
  const counts = new Map<string, number>()

  async function serve(request: IncomingMessage, response: ServerResponse) {
    const path = request.url ?? ''
    if (request.method === 'PUT') {
      answers.set(path, answer.parse(await json(request)))
      return response.end()
    }
    if (request.method === 'DELETE') return response.end(String(counts.get(path) ?? 0))
    counts.set(path, (counts.get(path) ?? 0) + 1)
    const { mood, status, headers, body } = answers.get(path) ?? notFound
    if (mood === 'dead') return response.destroy()
    if (mood === 'silent') return response
    response.writeHead(status, headers)
    if (mood === 'stuck') return response.write(body.slice(0, body.length / 2))
    return response.end(body)
  }

  const server = createServer((request, response) => void serve(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port.')
  project.provide('keyServer', `http://127.0.0.1:${address.port}`)
  return () => {
    server.closeAllConnections()
    server.close()
  }
}

const notFound: Answer = { mood: 'well', status: 404, headers: {}, body: '' }

declare module 'vitest' {
  interface ProvidedContext {
    /** The origin of the identity provider's key server. */
    keyServer: string
  }
}
