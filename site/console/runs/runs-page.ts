import { answered, type SyncRun } from '../api.ts'
import { button, made, withAttributes } from '../page/dom.ts'
import { newFault } from '../page/fault.ts'
import { onPress } from '../page/on-press.ts'
import type { Session } from '../session.ts'
import { momentForm, numberForm } from '../texts/forms.ts'
import { text, textIfAny, type TextKey } from '../texts/texts.ts'
import { runFailures } from './run-failures.ts'

const PAGE_SIZE = 20

const COUNTS = ['created', 'updated', 'unchanged', 'outdated', 'removed', 'failed'] as const

/** The runs of the sync API by this user's tokens, their counts, and the lines refused. */
export function runsPage(session: Session): HTMLElement {
  const heading = made('h2', { tabIndex: -1 }, text('runs.heading'))
  const none = made('p', { className: 'hint', hidden: true }, text('runs.none'))
  const body = made('tbody', {})
  const table = made('table', { className: 'runs' }, headOf(), body)
  const place = made('div', { className: 'scroll', tabIndex: 0 }, table)
  withAttributes(place, { role: 'region', 'aria-label': text('runs.heading') })
  const failures = made('div', {})
  const refresh = button(text('runs.refresh'), () => undefined, 'small')
  const newer = button(text('earlier.newer'), () => undefined, 'quiet-button')
  const older = button(text('earlier.older'), () => undefined, 'quiet-button')
  const fault = newFault({ isBackground: true })
  let begins: (string | undefined)[] = [undefined]
  let next: string | undefined

  async function open(wanted: (string | undefined)[]): Promise<void> {
    const after = wanted.at(-1)
    const query = { ...(after !== undefined && { 'page[after]': after }), 'page[size]': PAGE_SIZE }
    const { data, links } = answered(await session.api.GET('/api/v2/sync', { params: { query } }))
    begins = wanted
    next = (links.next && new URL(links.next).searchParams.get('page[after]')) || undefined
    body.replaceChildren(...data.map(rowOf))
    none.hidden = data.length > 0
    place.hidden = data.length === 0
    newer.hidden = begins.length === 1
    older.hidden = next === undefined
  }

  function rowOf(run: SyncRun): HTMLTableRowElement {
    const { started_at: started, state, lines, dry_run: isDry, failed } = run.attributes
    const show = button(text('runs.failures'), () => undefined, 'quiet-button')
    onPress(show, () =>
      session.run(fault, async () => {
        failures.replaceChildren(await runFailures(session, run))
        failures.querySelector('h3')?.focus()
      }),
    )
    return made(
      'tr',
      {},
      made('th', { scope: 'row' }, momentForm(started), isDry && note(text('runs.dryRun'))),
      made('td', {}, textIfAny(`state.${state}`) ?? state),
      ...[lines, ...COUNTS.map((name) => run.attributes[name])].map((number) =>
        made('td', { className: 'number' }, numberForm(number)),
      ),
      made('td', {}, failed > 0 && show),
    )
  }

  const load = (to: () => (string | undefined)[]) => () => session.run(fault, () => open(to()))
  onPress(
    refresh,
    load(() => [undefined]),
  )
  onPress(
    older,
    load(() => [...begins, next]),
  )
  onPress(
    newer,
    load(() => begins.slice(0, -1)),
  )
  void load(() => [undefined])()
  return made(
    'section',
    { className: 'card' },
    made('div', { className: 'card-head' }, heading, refresh),
    made('p', { className: 'hint' }, text('runs.about')),
    fault.element,
    none,
    place,
    made('div', { className: 'pages' }, newer, older),
    failures,
  )
}

const note = (told: string) => made('div', { className: 'hint' }, told)

const HEADINGS: readonly TextKey[] = ['runs.started', 'runs.state', 'runs.lines']

const headOf = () =>
  made(
    'thead',
    {},
    made(
      'tr',
      {},
      ...[...HEADINGS, ...COUNTS.map((name) => `runs.${name}` as const)].map((key, index) =>
        made('th', { scope: 'col', className: index > 1 ? 'number' : '' }, text(key)),
      ),
      made('td', {}),
    ),
  )
