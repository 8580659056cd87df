import * as z from 'zod'
import { tokenFor } from '../token-for.ts'
import { demoRows } from './demo-data.ts'
import { demoLines } from './demo-lines.ts'
import { DEMO_USER } from './demo-user.ts'

const preview = z.object({ meta: z.object({ account_lists: z.array(z.unknown()) }) })

const run = z.object({
  data: z.object({ attributes: z.object({ state: z.string(), failed: z.number() }) }),
  meta: z.object({ failures: z.array(z.unknown()) }),
})

/**
 * Sends the demo data to a local service by its sync API, unless the demo user has an account list
 * already.
 *
 * @throws Error when the service refuses it
 */
export async function sendDemo(origin: string): Promise<void> {
  const user = { Authorization: `Bearer ${await tokenFor(DEMO_USER)}` }
  const shown = await fetch(`${origin}/api/v2/contacts/exports/preview`, { headers: user })
  if (!shown.ok) throw new Error(`The service does not work: ${await shown.text()}`)
  if (preview.parse(await shown.json()).meta.account_lists.length > 0) return
  const lines = demoLines(demoRows()).map((line) => `${JSON.stringify(line)}\n`)
  const response = await fetch(`${origin}/api/v2/sync`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${await tokenFor(DEMO_USER, { scope: 'sync' })}`,
      'Content-Type': 'application/x-ndjson',
    },
    body: lines.join(''),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`The demo data was refused: ${text}`)
  const { data, meta } = run.parse(JSON.parse(text))
  if (data.attributes.failed > 0) {
    throw new Error(`Lines of the demo data were refused: ${JSON.stringify(meta.failures[0])}`)
  }
}
