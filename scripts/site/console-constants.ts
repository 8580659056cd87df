import { contactColumns, mailingColumns, type Column } from '../../src/contacts/columns.ts'
import { fileFormats } from '../../src/formats/file-formats.ts'
import { filterControls } from './filter-controls.ts'

const SORTS = ['name', 'zip', 'status', 'created_at', 'updated_at', 'pledge_amount']

/** The service's own lists, under the names by which the console declares them. */
export const consoleConstants = (): Record<string, string> => ({
  COLUMNS: JSON.stringify({
    contacts: contactColumns.map(shown),
    mailing: mailingColumns.map(shown),
    all: distinct([...contactColumns, ...mailingColumns]).map(shown),
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
  SORTS: JSON.stringify(SORTS),
})

const shown = ({ key, heading }: Column) => ({ key, heading })

const distinct = (columns: readonly Column[]): readonly Column[] => [
  ...new Map(columns.map((column) => [column.key, column])).values(),
]
