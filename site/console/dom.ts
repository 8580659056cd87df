/** An element within a part of the page, which must be there. */
export function element<Type extends Element>(
  root: ParentNode,
  id: string,
  type: abstract new () => Type,
): Type {
  const found = root.querySelector(`#${id}`)
  if (found instanceof type) return found
  throw new Error(`The page lacks its #${id}.`)
}

/** A new element with its properties and contents. */
export function made<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const one = Object.assign(document.createElement(name), properties)
  one.append(...children)
  return one
}
