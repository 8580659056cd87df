import { mapIterator } from '../../streams/map-iterator.ts'
import type { FileFormat } from '../file-format.ts'
import { labelFile } from './file/label-file.ts'

/** Address labels for a printer, as PDF 1.7 (ISO 32000-1). */
export const pdf = {
  extension: 'pdf',
  title: 'PDF labels',
  mediaType: 'application/pdf',
  layout: 'labels',
  async *encode(sheets, pages, fitted) {
    const file = labelFile(sheets, fitted)
    yield file.start()
    const chunks = mapIterator(pages[Symbol.asyncIterator](), (labels) => file.write(labels))
    for await (const chunk of chunks) {
      if (chunk.length > 0) yield chunk
    }
    yield* file.end()
  },
  variants: [],
} satisfies FileFormat
