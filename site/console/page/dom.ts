type Properties<Name extends keyof HTMLElementTagNameMap> = Partial<
  Omit<HTMLElementTagNameMap[Name], 'style'>
>

type Child = Node | string | undefined | false

/** A new element with its properties and contents; what is `undefined` or `false` is left out. */
export function made<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Properties<Name> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const one = Object.assign(document.createElement(name), properties)
  one.append(...present(children))
  return one
}

const present = (children: readonly Child[]): (Node | string)[] =>
  children.filter((child) => child !== undefined && child !== false)

/** Sets attributes that elements have no property for, such as `aria-describedby`. */
export function withAttributes<Type extends Element>(
  one: Type,
  attributes: Readonly<Record<string, string>>,
): Type {
  for (const [name, value] of Object.entries(attributes)) one.setAttribute(name, value)
  return one
}

let ids = 0

/** An id that no other element of the page has. */
export function newId(): string {
  ids += 1
  return `e${ids}`
}

/** A label above a control. */
export function labelled(
  label: string,
  control: HTMLElement,
  ...more: readonly Child[]
): HTMLDivElement {
  control.id ||= newId()
  return made(
    'div',
    { className: 'field' },
    made('label', { htmlFor: control.id }, label),
    control,
    ...more,
  )
}

export const button = (label: string, pressed: () => void, className = ''): HTMLButtonElement =>
  made('button', { type: 'button', className, onclick: pressed }, label)

/** Options for a `select`, by their values. */
export const options = (all: readonly (readonly [value: string, label: string])[]) =>
  all.map(([value, label]) => made('option', { value }, label))

/** A box, or a round one, before its label. */
export function checked(
  label: string | Node,
  properties: Properties<'input'>,
): { readonly element: HTMLLabelElement; readonly input: HTMLInputElement } {
  const input = made('input', { type: 'checkbox', ...properties })
  return { element: made('label', { className: 'check' }, input, made('span', {}, label)), input }
}
