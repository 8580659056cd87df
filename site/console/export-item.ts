import { answered, type ExportLog, type KeptFile } from './api.ts'
import { made } from './dom.ts'
import { faultAt, faultElement } from './fault.ts'
import { fileLink, fileTitle, offeredFile, type FileChoice } from './file-choice.ts'
import { fileFormats } from './file-formats.ts'
import { filterNote } from './filter-note.ts'
import { onPress } from './on-press.ts'
import { Refusal } from './refusal.ts'
import type { Session } from './session.ts'
import { transfer } from './transfer.ts'
import { age, counted, size } from './words.ts'

/** It has been deleted already, elsewhere. */
const GONE = 404

/** One of the exports made before, with its files. */
export function exportItem(
  log: ExportLog,
  session: Session,
  removed: () => void,
): { readonly element: HTMLLIElement; readonly isBusy: () => boolean } {
  const { created_at: createdAt = '', type, params } = log.attributes
  const title = `${type ?? 'Export'}, `
  const about = `${title}${age(createdAt)}`
  const files = log.meta?.files ?? {}
  const status = made('p', { role: 'status' })
  const cancel = made('button', { type: 'button', hidden: true }, 'Cancel')
  const place = faultElement()
  const fault = faultAt(place)
  let downloads = 0

  /** A button that also says, to those who hear it alone, which export it is for. */
  function button(text: string, task: () => Promise<void>): HTMLButtonElement {
    const one = made('button', { type: 'button', ariaLabel: `${text}: ${about}` }, text)
    onPress(one, () => session.run(fault, task))
    return one
  }

  const downloadButton = (text: string, choice: FileChoice): HTMLButtonElement => {
    const one = button(text, async () => {
      if (downloads > 0)
        throw new Refusal('A download of this export is under way. Wait for its end, or cancel it.')
      downloads += 1
      const parts = { status, cancel, pressed: one }
      await transfer(session, parts, (signal) => newLink(session, log.id, choice, signal)).finally(
        () => {
          downloads -= 1
        },
      )
    })
    return one
  }

  const remove = button('Delete', async () => {
    if (!confirm('Delete this export and its files?')) return
    await deleteLog(session, log.id)
    removed()
  })

  const element = made(
    'li',
    {},
    made('p', {}, made('strong', {}, title, timeOf(createdAt))),
    filterNote(params?.['filter']),
    ...Object.entries(files).map(([name, file]) => fileLine(name, file)),
    made(
      'div',
      { className: 'buttons' },
      ...fileFormats.map((format) =>
        downloadButton(`Download ${format.title}`, offeredFile(format, files)),
      ),
      remove,
      cancel,
    ),
    status,
    place,
  )
  return { element, isBusy: () => downloads > 0 }
}

const timeOf = (time: string) => made('time', { dateTime: time, title: time }, age(time))

const fileLine = (name: string, { rows, bytes, produced_at: at, sha256 }: KeptFile) =>
  made(
    'p',
    {},
    `${fileTitle(name)}: ${counted(rows, 'row', 'rows')}, ${size(bytes)}, made `,
    timeOf(at),
    ', SHA-256 ',
    made('code', {}, sha256),
  )

/** A signed link expires after a while, so a new one is asked for. */
async function newLink(
  { api }: Session,
  id: string,
  choice: FileChoice,
  signal: AbortSignal,
): Promise<string> {
  const path = { id }
  const { data } = answered(
    await api.GET('/api/v2/contacts/exports/{id}', { params: { path }, signal }),
  )
  return fileLink(data, choice)
}

async function deleteLog({ api }: Session, id: string): Promise<void> {
  const path = { id }
  const { error, response } = await api.DELETE('/api/v2/contacts/exports/{id}', {
    params: { path },
  })
  if (!response.ok && response.status !== GONE) throw Refusal.of(response.status, error)
}
