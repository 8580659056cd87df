import {
  columnByKey,
  contactColumns,
  mailingColumns,
  type Column,
} from '../../src/contacts/columns.ts'
import { contactSorts } from '../../src/contacts/reading/sorts.ts'
import { fileFormats } from '../../src/formats/file-formats.ts'
import { filterControls } from './filter-controls.ts'

/** The service's own lists, under the names by which the console declares them. */
export const consoleConstants = (): Record<string, string> => ({
  COLUMNS: JSON.stringify({
    contacts: contactColumns.map(shown),
    mailing: mailingColumns.map(shown),
    all: [...columnByKey.values()].map(shown),
  }),
  FILE_FORMATS: JSON.stringify(
    fileFormats.map(({ extension, title, layout, variants }) => ({
      extension,
      title,
      layout,
      variants: variants.map((variant) => ({ name: variant.name, title: variant.title })),
    })),
  ),
  FILTER_CONTROLS: JSON.stringify(filterControls()),
  SORTS: JSON.stringify(contactSorts.map(({ names }) => names)),
})

const shown = ({ key, heading }: Column) => ({ key, heading })
