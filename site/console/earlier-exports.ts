import { answered, Refusal, type Api, type ExportLog, type Format, type KeptFile } from './api.ts'
import { element, made } from './dom.ts'
import { age, counted, size } from './words.ts'

const PAGE_SIZE = 10

/** Somebody else was quicker. */
const GONE = 404

const heading = element('earlier', HTMLHeadingElement)
const list = element('exports', HTMLUListElement)
const none = element('none', HTMLParagraphElement)
const more = element('more', HTMLButtonElement)

type Run = (work: (api: Api) => Promise<void>) => void

/** The list of exports: the newest, and older ones on demand. @returns how to show it anew */
export function earlierExports(run: Run): (api: Api) => Promise<void> {
  let place: { readonly 'page[after]'?: string } = {}

  async function addPage(api: Api): Promise<void> {
    const query = { ...place, 'page[size]': PAGE_SIZE }
    const { data, links } = answered(
      await api.GET('/api/v2/contacts/exports', { params: { query } }),
    )
    if (place['page[after]'] === undefined) list.replaceChildren()
    list.append(...data.map((log) => itemOf(log, run)))
    none.hidden = list.childElementCount > 0
    const after = links.next && new URL(links.next).searchParams.get('page[after]')
    more.hidden = !after
    if (after) place = { 'page[after]': after }
  }

  more.addEventListener('click', () => run(addPage))
  return async (api) => {
    place = {}
    await addPage(api)
  }
}

function itemOf(log: ExportLog, run: Run): HTMLLIElement {
  const { created_at: made_ = '', type, params } = log.attributes
  const title = `${type ?? 'Export'}, `
  const when = made('time', { dateTime: made_, title: made_ }, age(made_))
  const files = Object.entries(log.meta?.files ?? {})
  const item = made(
    'li',
    {},
    made('p', {}, made('strong', {}, title, when)),
    made('p', { className: 'quiet' }, filterText(params?.['filter'])),
    ...files.map(([name, file]) => fileLine(name, file)),
  )
  const buttons = (['csv', 'xlsx'] as const).map((format) =>
    button(`Download ${format.toUpperCase()}`, `${title}${age(made_)}`, () =>
      run((api) => downloadAgain(api, log.id, format)),
    ),
  )
  const remove = button('Delete', `${title}${age(made_)}`, () => {
    if (confirm('Delete this export and its files?')) run((api) => deleted(api, log.id, item))
  })
  item.append(made('div', { className: 'buttons' }, ...buttons, remove))
  return item
}

/** A button that also says, to those who hear it alone, which export it is for. */
const button = (text: string, about: string, onclick: () => void): HTMLButtonElement =>
  made('button', { type: 'button', onclick, ariaLabel: `${text}: ${about}` }, text)

const fileLine = (name: string, { rows, bytes, produced_at: at, sha256 }: KeptFile) =>
  made(
    'p',
    {},
    `${name}: ${counted(rows, 'row', 'rows')}, ${size(bytes)}, made `,
    made('time', { dateTime: at, title: at }, age(at)),
    ', SHA-256 ',
    made('code', {}, sha256),
  )

function filterText(filter: unknown): string {
  const entries = Object.entries(Object(filter))
  if (entries.length === 0) return 'Active contacts'
  return entries
    .map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('; ')
}

/** A signed link ends after a while, so a new one is asked for. The browser saves what it leads to. */
async function downloadAgain(api: Api, id: string, format: Format): Promise<void> {
  const path = { id }
  const { data } = answered(await api.GET('/api/v2/contacts/exports/{id}', { params: { path } }))
  location.assign(data.links[format])
}

async function deleted(api: Api, id: string, item: HTMLLIElement): Promise<void> {
  const path = { id }
  const { error, response } = await api.DELETE('/api/v2/contacts/exports/{id}', {
    params: { path },
  })
  if (!response.ok && response.status !== GONE) throw new Refusal(response.status, error)
  item.remove()
  none.hidden = list.childElementCount > 0
  heading.focus()
}
