import { csv } from './csv.ts'
import type { FileFormat } from './file-format.ts'
import { pdf } from './pdf/pdf.ts'
import { xlsx } from './xlsx.ts'

/**
 * Every format of an export file. Routes, links, documents, errors, the OpenAPI document and the
 * console follow this list.
 */
export const fileFormats: readonly FileFormat[] = [csv, xlsx, pdf]
