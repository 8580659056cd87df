import { setTimeout } from 'node:timers/promises'
import * as z from 'zod'
import type { Server } from './server.ts'

const document = z.object({ data: z.object({ id: z.string() }) })

/** The extension of a format. */
type Format = string

/** How a file came. Times are in milliseconds since it was asked for. */
export type Arrival = {
  readonly id: string
  readonly bytes: number
  readonly total: number
  readonly firstByte: number
  /** The first chunk behind the headings. */
  readonly firstContact: number
  readonly longestSilence: number
  /** When half of the bytes were there, as a share of the whole time. */
  readonly halfAt: number
}

export type Client = {
  readonly newLog: () => Promise<string>
  readonly getLog: (id: string) => Promise<void>
  /** @param bytesPerSecond how fast it reads; as fast as it can without */
  readonly download: (id: string, format: Format, bytesPerSecond?: number) => Promise<Arrival>
}

/** A client with the token of a user. @param more headers of each request */
export async function clientOf(
  server: Server,
  userId: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Client> {
  const url = `${server.origin}/api/v2/contacts/exports`
  const headers = {
    Authorization: `Bearer ${await server.tokenOf(userId)}`,
    'Content-Type': 'application/vnd.api+json',
    ...more,
  }
  const call = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${url}${path}`, { ...init, headers })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return response
  }
  return {
    async newLog() {
      const params = { filter: '{}' }
      const body = JSON.stringify({ data: { type: 'export_logs', attributes: { params } } })
      const response = await call('', { method: 'POST', body })
      return document.parse(await response.json()).data.id
    },
    async getLog(id) {
      await (await call(`/${id}`)).text()
    },
    async download(id, format, bytesPerSecond = Infinity) {
      const start = performance.now()
      const { body } = await call(`/${id}.${format}`)
      if (!body) throw new Error('There is no body.')
      return { id, ...(await arrivalOf(body, start, bytesPerSecond)) }
    },
  }
}

async function arrivalOf(
  body: ReadableStream<Uint8Array>,
  start: number,
  bytesPerSecond: number,
): Promise<Omit<Arrival, 'id'>> {
  const chunks: { at: number; bytes: number }[] = []
  let bytes = 0
  let longestSilence = 0
  let last = Infinity
  for await (const chunk of body) {
    const now = performance.now()
    longestSilence = Math.max(longestSilence, now - last)
    bytes += chunk.length
    chunks.push({ at: now - start, bytes })
    const ahead = (bytes / bytesPerSecond) * 1000 - (now - start)
    if (ahead > 0) await setTimeout(ahead)
    last = performance.now()
  }
  const total = performance.now() - start
  return {
    bytes,
    total,
    longestSilence,
    firstByte: chunks[0]?.at ?? total,
    firstContact: chunks[1]?.at ?? total,
    halfAt: (chunks.find((chunk) => chunk.bytes >= bytes / 2)?.at ?? total) / total,
  }
}
