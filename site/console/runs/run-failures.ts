import type { SyncRun } from '../api.ts'
import { button, made } from '../page/dom.ts'
import { newFault } from '../page/fault.ts'
import { onPress } from '../page/on-press.ts'
import { Refusal } from '../page/refusal.ts'
import type { Session } from '../session.ts'
import { textOf } from '../text-of.ts'
import { momentForm } from '../texts/forms.ts'
import { text } from '../texts/texts.ts'
import { firstLines } from './first-lines.ts'

/** So many refused lines are shown. The file holds all. */
const MOST_SHOWN = 50

const GONE = 404

/** The first lines that a run has refused, each with its reasons, and the file of all. */
export async function runFailures(session: Session, run: SyncRun): Promise<HTMLElement> {
  const { failed, started_at: started } = run.attributes
  const { body } = await failuresOf(session, run.id)
  const lines = await firstLines(body, MOST_SHOWN)
  const fault = newFault()
  const file = button(text('runs.failuresFile'), () => undefined, 'small')
  onPress(file, () => session.run(fault, () => saveAll(session, run.id)))
  const isPart = lines.length < failed
  return made(
    'section',
    { className: 'failures' },
    made('h3', { tabIndex: -1 }, text('runs.failuresHeading', { time: momentForm(started) })),
    isPart &&
      made(
        'p',
        { className: 'hint' },
        text('runs.failuresFirst', { shown: lines.length, total: failed }),
      ),
    file,
    fault.element,
    made('ol', {}, ...lines.map(failureItem)),
  )
}

function failureItem(json: string): HTMLLIElement {
  const { line, id, errors }: Record<string, unknown> = Object(JSON.parse(json))
  const reasons: readonly unknown[] = Array.isArray(errors) ? errors : []
  return made(
    'li',
    {},
    made('strong', {}, text('runs.line', { n: Number(line) })),
    typeof id === 'string' && made('code', {}, ` ${id}`),
    ...reasons.map((reason) => {
      const { detail, source }: Record<string, unknown> = Object(reason)
      return made('p', {}, textOf(detail), made('code', {}, ` ${textOf(Object(source).pointer)}`))
    }),
  )
}

async function failuresOf(session: Session, id: string): Promise<Response> {
  const response = await fetch(`/api/v2/sync/${id}/failures.ndjson`, {
    headers: { Authorization: `Bearer ${session.token()}` },
    signal: session.signal,
  })
  if (response.status === GONE) throw new Refusal(text('runs.failuresGone'))
  if (response.ok) return response
  throw Refusal.of(response.status, await response.json().catch(() => undefined))
}

async function saveAll(session: Session, id: string): Promise<void> {
  const response = await failuresOf(session, id)
  const url = URL.createObjectURL(await response.blob())
  made('a', { href: url, download: `failures ${id}.ndjson` }).click()
  // The browser takes the Blob when the click has been dealt with.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
