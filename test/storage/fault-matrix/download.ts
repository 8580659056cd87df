import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { createHash } from 'node:crypto'
import { app } from '../../../src/app.ts'
import type { Env } from '../../../src/env.ts'
import { EXPORTS, ORIGIN, tokenFor } from '../../helpers/api.ts'

/** What a client saw of a file. */
export type Download = {
  /**
   * `cut off`: the transfer broke; `refused`: an error came instead; `left`: the client went away.
   */
  readonly end: 'clean' | 'cut off' | 'refused' | 'left'
  readonly bytes: number
  readonly sha256: string
}

/**
 * Downloads a file, and waits for what goes on afterwards.
 *
 * @param name `<id>.<format>`
 * @param most after how many bytes the client goes away
 */
export async function downloadFile(
  name: string,
  userId: string,
  bindings: Partial<Env> = {},
  most = Infinity,
): Promise<Download> {
  const context = createExecutionContext()
  const headers = { Authorization: `Bearer ${await tokenFor(userId)}` }
  const request = new Request(`${ORIGIN}${EXPORTS}/${name}`, { headers })
  const response = await app.fetch(request, { ...env, ...bindings }, context)
  const hash = createHash('sha256')
  let bytes = 0
  const read = async (): Promise<Download['end']> => {
    const reader = response.body?.getReader()
    while (bytes < most) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
      if (done) return response.ok ? 'clean' : 'refused'
      hash.update(value)
      bytes += value.length
    }
    await reader?.cancel()
    return 'left'
  }
  const end = await read().catch(() => 'cut off' as const)
  await waitOnExecutionContext(context)
  return { end, bytes, sha256: hash.digest('hex') }
}
