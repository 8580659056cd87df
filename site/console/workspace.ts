import { element, made } from './dom.ts'
import { earlierExports } from './earlier-exports.ts'
import { exportForm } from './export-form.ts'
import { filterForm } from './filter-form.ts'
import { previewOf } from './preview.ts'
import type { Session } from './session.ts'

const template = element(document, 'work-template', HTMLTemplateElement)

/**
 * All that is shown in a session. It is made anew for each, and is removed as a whole: nothing of
 * one user can be left for the next, and what arrives late changes elements that are no longer on
 * the page.
 */
export function workspace(session: Session): HTMLElement {
  const root = made('div', { id: 'work' }, document.importNode(template.content, true))
  const filter = filterForm(root)
  const showPreview = previewOf(root, session, filter)
  const exports = earlierExports(root, session)
  exportForm(root, session, { filter: filter.current, made: exports.refresh })
  filter.onChange(showPreview)
  showPreview()
  exports.refresh()
  return root
}
