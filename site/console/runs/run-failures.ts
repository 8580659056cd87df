import type { SyncRun } from '../api.ts'
import { button, made } from '../page/dom.ts'
import { newFault } from '../page/fault.ts'
import { onPress } from '../page/on-press.ts'
import { Refusal } from '../page/refusal.ts'
import type { Session } from '../session.ts'
import { momentForm } from '../texts/forms.ts'
import { text } from '../texts/texts.ts'

const GONE = 404

/** How many refused lines are shown. The file has all. */
const SHOWN_FAILURES = 100

/** A refused line, as the list of failures has it. */
type Failure = {
  readonly line: number
  readonly id: string | null
  readonly errors: readonly {
    readonly detail: string
    readonly source?: { readonly pointer?: string }
  }[]
}

/** The first lines that a run has refused, each with its reasons, and the file of all. */
export async function runFailures(session: Session, run: SyncRun): Promise<HTMLElement> {
  const { id, attributes } = run
  const { failed, started_at: started } = attributes
  const lines = (await (await failuresFile(session, id)).text()).split('\n', SHOWN_FAILURES)
  const failures = lines.filter((line) => line !== '').map(failureOf)
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

// What our own service has written.
const failureOf = (line: string): Failure => JSON.parse(line)

async function failuresFile(session: Session, id: string): Promise<Blob> {
  const response = await fetch(`/api/v2/sync/${id}/failures.ndjson`, {
    headers: { Authorization: `Bearer ${session.token()}` },
    signal: session.signal,
  })
  if (response.status === GONE) throw new Refusal(text('runs.failuresGone'))
  if (!response.ok) throw Refusal.of(response.status, await response.json().catch(() => undefined))
  return response.blob()
}

async function saveAll(session: Session, id: string): Promise<void> {
  const url = URL.createObjectURL(await failuresFile(session, id))
  made('a', { href: url, download: `failures ${id}.ndjson` }).click()
  // The browser takes the Blob when the click has been dealt with.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
