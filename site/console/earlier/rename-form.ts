import { answered, type ExportLog } from '../api.ts'
import { button, labelled, made } from '../page/dom.ts'
import { newFault } from '../page/fault.ts'
import type { Session } from '../session.ts'
import { text } from '../texts/texts.ts'
import { titleOf } from './export-log.ts'

const LONGEST = 100

/** A field for the name of an export. @param done is called with the log as it is then */
export function renameForm(
  session: Session,
  log: ExportLog,
  done: (renamed: ExportLog | undefined) => void,
) {
  const input = made('input', {
    value: titleOf(log) ?? '',
    maxLength: LONGEST,
    autocomplete: 'off',
  })
  const fault = newFault()
  const element = made(
    'form',
    { className: 'inline-form' },
    labelled(text('earlier.name'), input),
    made('button', { type: 'submit', className: 'small' }, text('earlier.save')),
    button(text('earlier.cancel'), () => done(undefined), 'quiet-button'),
    fault.element,
  )
  element.addEventListener('submit', (event) => {
    event.preventDefault()
    void session.run(fault, async () => {
      const path = { id: log.id }
      const name = input.value.trim()
      const data = { type: 'export_logs' as const, id: log.id, attributes: { name } }
      const { data: renamed } = answered(
        await session.api.PATCH('/api/v2/contacts/exports/{id}', {
          params: { path },
          body: { data },
        }),
      )
      done(renamed)
    })
  })
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') done(undefined)
  })
  return { element, focus: () => input.select() }
}
