import { answered, type SyncRun } from '../api.ts'
import { button, made } from '../page/dom.ts'
import { newFault } from '../page/fault.ts'
import { onPress } from '../page/on-press.ts'
import { Refusal } from '../page/refusal.ts'
import type { Session } from '../session.ts'
import { momentForm } from '../texts/forms.ts'
import { text } from '../texts/texts.ts'

const GONE = 404

/** The first lines that a run has refused, each with its reasons, and the file of all. */
export async function runFailures(session: Session, { id }: SyncRun): Promise<HTMLElement> {
  const path = { id }
  const { data, meta } = answered(await session.api.GET('/api/v2/sync/{id}', { params: { path } }))
  const { failed, started_at: started } = data.attributes
  const failures = meta?.failures ?? []
  const fault = newFault()
  const file = button(text('runs.failuresFile'), () => undefined, 'small')
  onPress(file, () => session.run(fault, () => saveAll(session, id)))
  return made(
    'section',
    { className: 'failures' },
    made('h3', { tabIndex: -1 }, text('runs.failuresHeading', { time: momentForm(started) })),
    failures.length < failed &&
      made(
        'p',
        { className: 'hint' },
        text('runs.failuresFirst', { shown: failures.length, total: failed }),
      ),
    file,
    fault.element,
    made(
      'ol',
      {},
      ...failures.map(({ line, id: of, errors }) =>
        made(
          'li',
          {},
          made('strong', {}, text('runs.line', { n: line })),
          of ? made('code', {}, ` ${of}`) : undefined,
          ...errors.map(({ detail, source }) =>
            made(
              'p',
              {},
              detail,
              source?.pointer ? made('code', {}, ` ${source.pointer}`) : undefined,
            ),
          ),
        ),
      ),
    ),
  )
}

async function saveAll(session: Session, id: string): Promise<void> {
  const response = await fetch(`/api/v2/sync/${id}/failures.ndjson`, {
    headers: { Authorization: `Bearer ${session.token()}` },
    signal: session.signal,
  })
  if (response.status === GONE) throw new Refusal(text('runs.failuresGone'))
  if (!response.ok) throw Refusal.of(response.status, await response.json().catch(() => undefined))
  const url = URL.createObjectURL(await response.blob())
  made('a', { href: url, download: `failures ${id}.ndjson` }).click()
  // The browser takes the Blob when the click has been dealt with.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
