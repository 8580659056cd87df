import type { ExportLog, KeptFile } from '../api.ts'
import { headingOf } from '../file/columns.ts'
import { kindOfKept } from '../file/file-formats.ts'
import { made } from '../page/dom.ts'
import { momentForm, numberForm, sizeForm } from '../texts/forms.ts'
import { text, textIfAny, type TextKey } from '../texts/texts.ts'
import { keptFiles, stateOf } from './export-log.ts'

/** What is told of an export when somebody asks: columns, order, files, digests, its id. */
export function exportDetails(log: ExportLog): HTMLDetailsElement {
  const content = made('div', {})
  const element = made('details', {}, made('summary', {}, text('earlier.details')), content)
  element.addEventListener('toggle', () => {
    content.replaceChildren(...(element.open ? [contentOf(log)] : []))
  })
  return element
}

function contentOf(log: ExportLog): HTMLElement {
  const { columns, sort } = stateOf(log).file
  const order = textIfAny(`sort.${sort.replace(/^-/, '')}`) ?? sort
  const facts: (readonly [TextKey, string])[] = [
    [
      'file.columns',
      typeof columns === 'string'
        ? text(`file.columns.${columns}`)
        : columns.map(headingOf).join(', '),
    ],
    ['file.sort', sort.startsWith('-') ? `${order}, ${text('file.descending')}` : order],
    ['earlier.made', momentForm(log.attributes.created_at ?? '')],
    ['earlier.id', log.id],
  ]
  return made(
    'div',
    { className: 'details' },
    factList(facts),
    ...Object.entries(keptFiles(log)).map(([name, file]) => factList(fileFacts(name, file))),
  )
}

function fileFacts(name: string, { rows, bytes, produced_at: at, sha256 }: KeptFile) {
  const mailing = name.startsWith('mailing.') ? `, ${text('earlier.mailing')}` : ''
  return [
    ['earlier.file', `${kindOfKept(name)?.title ?? name}${mailing}`],
    ['earlier.rows', numberForm(rows)],
    ['earlier.size', sizeForm(bytes)],
    ['earlier.made', momentForm(at)],
    ['earlier.digest', sha256],
  ] as const
}

const factList = (all: readonly (readonly [TextKey, string])[]) =>
  made(
    'dl',
    {},
    ...all.map(([key, value]) => made('div', {}, made('dt', {}, text(key)), made('dd', {}, value))),
  )
