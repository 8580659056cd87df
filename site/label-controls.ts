/** The elements that contain controls of the viewer, and the names of these. */
const PLACES = [
  { place: 'tr[data-param-name]', nameOf: (row: Element) => row.getAttribute('data-param-name') },
  { place: '.opblock-section-request-body', nameOf: () => 'Request body' },
  { place: '.responses-wrapper', nameOf: () => 'Media type' },
  { place: '.dialog-ux', nameOf: () => 'Value' },
]

/** Adds the names and the keyboard access that controls of the viewer lack, as they appear. */
export function labelControls(root: Element): void {
  const label = () => {
    for (const control of root.querySelectorAll('select, textarea, input')) name(control)
    for (const button of root.querySelectorAll('button')) nameButton(button)
    for (const table of root.querySelectorAll('table.responses-table[role=region]')) {
      table.setAttribute('aria-label', `Responses, ${table.id.replaceAll('_', ' ')}`)
    }
    for (const example of root.querySelectorAll('pre.microlight')) {
      example.setAttribute('tabindex', '0')
    }
  }
  new MutationObserver(label).observe(root, { childList: true, subtree: true })
  label()
}

function name(control: Element): void {
  const isNamed =
    control.hasAttribute('aria-label') ||
    (control.id !== '' && document.querySelector(`label[for="${CSS.escape(control.id)}"]`) !== null)
  if (isNamed) return
  for (const { place, nameOf } of PLACES) {
    const found = control.closest(place)
    if (found) return control.setAttribute('aria-label', nameOf(found) ?? 'Value')
  }
}

/** A name has to contain the text that is seen, for those who speak to their browser. */
function nameButton(button: HTMLButtonElement): void {
  const text = button.innerText.trim()
  const label = button.getAttribute('aria-label')
  if (button.matches('.close-modal')) button.setAttribute('aria-label', 'Close')
  else if (label !== null && !label.toLowerCase().includes(text.toLowerCase())) {
    button.setAttribute('aria-label', `${text}: ${label}`)
  }
}
