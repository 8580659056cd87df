import { answered, type ColumnKey, type FormatName, type SavedFilter } from '../api.ts'
import { columns } from '../file/columns.ts'
import { fileKind } from '../file/file-formats.ts'
import { fileOf, filterIdentity, type FormState } from '../form-state.ts'
import { closeOutside } from '../page/close-outside.ts'
import { button, labelled, made } from '../page/dom.ts'
import { newFault } from '../page/fault.ts'
import { onPress } from '../page/on-press.ts'
import { Refusal } from '../page/refusal.ts'
import type { Session } from '../session.ts'
import { text } from '../texts/texts.ts'

const PATH = '/api/v2/contacts/saved_filters'
const LONGEST = 100

type Around = {
  readonly state: () => FormState
  readonly use: (state: FormState) => void
}

/** The filters that the user has saved by name, with the file that each was saved with. */
export function savedFilters(session: Session, { state, use }: Around) {
  const summary = made('summary', { className: 'button' }, text('saved.label'))
  const list = made('ul', { className: 'saved' })
  const status = made('p', { className: 'hint', role: 'status' })
  const fault = newFault()
  const name = made('input', { maxLength: LONGEST, autocomplete: 'off', required: true })
  const save = made('button', { type: 'submit', className: 'small' }, text('saved.confirm'))
  const form = made('form', { className: 'inline-form' }, labelled(text('saved.name'), name), save)
  const popup = made(
    'div',
    { className: 'popup' },
    list,
    made('h3', {}, text('saved.save')),
    form,
    status,
    fault.element,
  )
  const box = made('details', { className: 'saved-box' }, summary, popup)
  let all: readonly SavedFilter[] = []
  closeOutside(box)

  const load = () =>
    session.run(fault, async () => {
      const { data } = answered(await session.api.GET(PATH))
      all = data
      show()
    })

  function show(): void {
    list.hidden = all.length === 0
    list.replaceChildren(...all.map(itemOf))
  }

  function itemOf(saved: SavedFilter): HTMLLIElement {
    const label = saved.attributes.name
    const choose = button(
      label,
      () => {
        box.open = false
        use(stateOfSaved(saved))
        summary.focus()
      },
      'saved-name',
    )
    const isShown = filterIdentity(stateOfSaved(saved).filter) === filterIdentity(state().filter)
    choose.setAttribute('aria-current', String(isShown))
    const replace = button('⟳', () => undefined, 'quiet-button')
    replace.ariaLabel = text('saved.update', { name: label })
    replace.title = replace.ariaLabel
    onPress(replace, () => session.run(fault, () => replaced(saved)))
    const remove = button('×', () => undefined, 'quiet-button')
    remove.ariaLabel = text('saved.delete', { name: label })
    remove.title = remove.ariaLabel
    onPress(remove, () => session.run(fault, () => removed(saved)))
    return made('li', {}, choose, replace, remove)
  }

  async function replaced({ id, attributes }: SavedFilter): Promise<void> {
    const data = { type: 'saved_filters' as const, id, attributes: attributesOf(state()) }
    answered(await session.api.PATCH(`${PATH}/{id}`, { params: { path: { id } }, body: { data } }))
    await load()
    status.textContent = text('saved.saved', { name: attributes.name })
  }

  async function removed({ id, attributes }: SavedFilter): Promise<void> {
    const { response, error } = await session.api.DELETE(`${PATH}/{id}`, {
      params: { path: { id } },
    })
    if (!response.ok && response.status !== 404) throw Refusal.of(response.status, error)
    await load()
    status.textContent = text('saved.deleted', { name: attributes.name })
    name.focus()
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const wanted = name.value.trim()
    if (wanted === '') return
    void session.run(fault, async () => {
      const same = all.find(({ attributes }) => attributes.name === wanted)
      if (same) return replaced(same)
      const attributes = { name: wanted, ...attributesOf(state()) }
      const body = { data: { type: 'saved_filters' as const, attributes } }
      answered(await session.api.POST(PATH, { body }))
      name.value = ''
      await load()
      status.textContent = text('saved.saved', { name: wanted })
      return undefined
    })
  })
  box.addEventListener('toggle', () => {
    if (!box.open) return
    status.textContent = ''
    show()
    void load()
  })
  return { element: box }
}

const attributesOf = ({ filter, file }: FormState) => {
  return {
    filter: { ...filter },
    columns: columnsOf(file),
    sort: file.sort === 'name' ? null : file.sort,
    format: isFormat(file.kind) ? file.kind : null,
  }
}

const isFormat = (kind: string): kind is FormatName => fileKind(kind) !== undefined

/** The keys of the columns; none where they are those of the usual export. */
function columnsOf({ columns: chosen }: FormState['file']): ColumnKey[] | null {
  if (chosen === 'contacts') return null
  return chosen === 'mailing' ? columns.mailing.map(({ key }) => key) : [...chosen]
}

function stateOfSaved({ attributes }: SavedFilter): FormState {
  const { filter, format } = attributes
  return { filter: { ...filter }, file: fileOf(attributes, format) }
}
