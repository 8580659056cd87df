import { checked, labelled, made, options } from '../page/dom.ts'
import type { FileChoice } from '../form-state.ts'
import { text, textIfAny } from '../texts/texts.ts'
import { columnsControl } from './columns-control.ts'
import { fileKind, fileKinds } from './file-formats.ts'
import { labelsControl } from './labels-control.ts'
import { sortName, sorts } from './sorts.ts'

export type FileForm = {
  readonly element: HTMLElement
  readonly current: () => FileChoice
  readonly show: (choice: FileChoice) => void
}

/** Where it is chosen what the file is. */
export function fileForm(initial: FileChoice, changed: () => void): FileForm {
  const kinds = fileKinds.map((kind) => {
    const about = textIfAny(`format.${kind.id}.about`)
    const label = made('span', {}, made('strong', {}, kind.title))
    if (about !== undefined) label.append(made('span', { className: 'hint' }, about))
    return checked(label, { type: 'radio', name: 'kind', value: kind.id, onchange: choose })
  })
  const sort = made('select', { onchange: changed }, ...options(sorts.map(sortOption)))
  const descending = checked(text('file.descending'), { onchange: changed })
  const columns = columnsControl(changed)
  const labels = labelsControl(changed)

  function choose(): void {
    showState()
    changed()
  }

  function showState(): void {
    const kind = fileKind(chosenKind())
    const isOfLabels = kind?.isLabels ?? false
    labels.element.hidden = !isOfLabels
    columns.element.hidden = isOfLabels
  }

  const chosenKind = (): string => kinds.find(({ input }) => input.checked)?.input.value ?? ''

  function show(choice: FileChoice): void {
    for (const { input } of kinds) input.checked = input.value === choice.kind
    sort.value = choice.sort.replace(/^-/, '')
    descending.input.checked = choice.sort.startsWith('-')
    columns.show(choice.columns)
    labels.show(choice.labels)
    showState()
  }

  show(initial)
  return {
    element: made(
      'div',
      { className: 'file-form' },
      made(
        'fieldset',
        { className: 'kinds' },
        made('legend', { className: 'unseen' }, text('file.format')),
        ...kinds.map(({ element }) => element),
      ),
      labels.element,
      columns.element,
      made('div', { className: 'sort' }, labelled(text('file.sort'), sort), descending.element),
    ),
    current: () => ({
      kind: chosenKind(),
      columns: columns.current(),
      sort: sortName(`${descending.input.checked ? '-' : ''}${sort.value}`) ?? 'name',
      labels: labels.current(),
    }),
    show,
  }
}

const sortOption = (key: string) => [key, textIfAny(`sort.${key}`) ?? key] as const
