import type { Feature } from 'write-excel-file/universal'

const PATH = 'docProps/core.xml'

const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const CONTENT_TYPE = 'application/vnd.openxmlformats-package.core-properties+xml'

/** The document's dates (ECMA-376 part 2, core properties), which write-excel-file leaves out. */
export function documentDates(madeAt: Date): Feature<Blob> {
  const time = `${madeAt.toISOString().slice(0, 19)}Z`
  const date = (name: string) =>
    `<dcterms:${name} xsi:type="dcterms:W3CDTF">${time}</dcterms:${name}>`
  const xml = [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    `<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties"`,
    ' xmlns:dcterms="http://purl.org/dc/terms/"',
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
    `${date('created')}${date('modified')}</cp:coreProperties>`,
  ].join('')
  return {
    files: {
      transform: {
        '[Content_Types].xml': {
          insert: () => `<Override ContentType="${CONTENT_TYPE}" PartName="/${PATH}"/>`,
        },
        '_rels/.rels': {
          insert: () =>
            [
              '<Relationship Id="rId-core-properties"',
              ` Type="${PACKAGE}/relationships/metadata/core-properties" Target="${PATH}"/>`,
            ].join(''),
        },
      },
      write: { files: () => ({ [PATH]: xml }) },
    },
  }
}
