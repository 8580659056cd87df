import type { Contact } from '../src/contacts/contact.ts'
import type { FileFormat } from '../src/formats/file-format.ts'
import { fileFormats } from '../src/formats/file-formats.ts'
import { contactsExport, type ExportKind } from '../src/export-logs/export-kinds.ts'
import { logDocument, logListDocument, newLog, storedLog } from '../src/export-logs/log-document.ts'
import { previewDocument } from '../src/export-files/preview-document.ts'
import { filterValuesDocument } from '../src/filter-values/filter-values-document.ts'
import {
  savedFilterDocument,
  savedFilterListDocument,
} from '../src/saved-filters/saved-filter-document.ts'
import { exampleFilter } from './filter.ts'

/** Example responses, made by the code that makes the real ones. */

const ORIGIN = 'https://exports.example'
const ID = '0b1ba012-c41d-4534-b1c9-f7295dec6aa5'
const USER = '0d3e0000-0000-4000-8000-000000000001'
const AT = '2026-11-24T05:27:17Z'

const params = { filter: JSON.stringify(exampleFilter) }

export const exampleRequest = { data: { type: 'export_logs', attributes: { params } } }

export const exampleName = {
  data: { type: 'export_logs', id: ID, attributes: { name: 'Christmas letter' } },
}

const logOf = (kind: ExportKind) => ({
  id: ID,
  type: kind.type,
  params: JSON.stringify(params),
  userId: USER,
  exportAt: AT,
  createdAt: AT,
  updatedAt: AT,
  updatedInDbAt: AT,
})

const SIGNATURE = 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA'
const SIGNED = `expires=1795498037&user=${USER}&signature=${SIGNATURE}`

const linksOf = ({ path }: ExportKind) => {
  const self = `${ORIGIN}${path}/${ID}`
  const files = fileFormats.map(({ extension }) => [extension, `${self}.${extension}?${SIGNED}`])
  return { self, ...Object.fromEntries(files) }
}

const files = {
  csv: {
    bytes: 389_120,
    produced_at: AT,
    rows: 1204,
    sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  },
}

export const newLogExample = (kind: ExportKind) =>
  logDocument(newLog(logOf(kind), params, linksOf(kind)), {})

const shown = (kind: ExportKind) => storedLog({ ...logOf(kind), files }, linksOf(kind))

export const logExample = (kind: ExportKind) => logDocument(shown(kind), {})

export const logListExample = () =>
  logListDocument([shown(contactsExport)], {}, { links: { prev: null, next: null }, total: 1 })

const exampleContact: Contact = {
  id: 'c0000000-0000-4000-8000-000000000001',
  accountListId: 'a0000000-0000-4000-8000-000000000001',
  name: 'Smith, John and Jane',
  greeting: null,
  envelopeGreeting: null,
  isOrganization: false,
  status: 'Partner - Financial',
  pledgeAmount: 50,
  pledgeCurrency: 'USD',
  pledgeFrequency: 1,
  pledgeReceived: true,
  sendNewsletter: 'Both',
  tags: ['camp'],
  address: undefined,
  primary: undefined,
  spouse: undefined,
  namesDonorAccount: false,
  accountListName: 'Smith Ministry',
  homeCountry: 'United States',
  defaultCurrency: 'USD',
}

export const previewExample = () =>
  previewDocument({ total: 1204, first: [exampleContact] }, contactsExport.columns, [
    { id: exampleContact.accountListId, name: 'Smith Ministry' },
  ])

/** A file of no contacts, where a document can show it. */
export const fileExample = (
  { columns }: ExportKind,
  { extension }: FileFormat,
): string | undefined =>
  extension === 'csv' ? `${columns.map(({ heading }) => heading).join(',')}\r\n` : undefined

export const filterValuesExample = () =>
  filterValuesDocument({
    values: [{ value: 'camp', contacts: 12 }],
    hasMore: false,
    isComplete: true,
  })

const savedAttributes = {
  name: 'Newsletter by post',
  filter: exampleFilter,
  columns: ['contact_name', 'address_block'],
  sort: 'zip',
  format: 'xlsx',
}

export const exampleSavedFilter = {
  data: { type: 'saved_filters', id: ID, attributes: savedAttributes },
}

const savedRow = {
  ...savedAttributes,
  id: ID,
  userId: USER,
  filter: JSON.stringify(exampleFilter),
  columns: JSON.stringify(savedAttributes.columns),
  createdAt: AT,
  updatedAt: AT,
}

export const savedFilterExample = () => savedFilterDocument(savedRow, ORIGIN)

export const savedFilterListExample = () => savedFilterListDocument([savedRow], ORIGIN)
