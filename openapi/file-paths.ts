import { contactsExport, mailingExport, type ExportKind } from '../src/export-logs/export-kinds.ts'
import type { FileFormat } from '../src/formats/file-format.ts'
import { fileFormats } from '../src/formats/file-formats.ts'
import { fileExample } from './examples.ts'
import { always, sometimes } from './headers.ts'
import type { ResponseObject, Content, Operation, PathItem, Paths } from './operation.ts'
import {
  conditions,
  fileParameters,
  filterParameter,
  formatParameters,
  idParameter,
  nameParameter,
  optionParameters,
} from './parameters.ts'
import { labelParameters } from './label-options.ts'
import { fileErrorResponses } from './error-responses.ts'

const tags = ['Files']

/** The routes of files, kept and at once, in every format. */
export const filePaths = (): Paths =>
  Object.fromEntries(
    [contactsExport, mailingExport].flatMap((kind) =>
      fileFormats.flatMap((format) => [
        [`${kind.path}/{id}.${format.extension}`, fileOfLog(kind, format)],
        [`${kind.path}.${format.extension}`, fileAtOnce(kind, format)],
      ]),
    ),
  )

function fileOfLog(kind: ExportKind, format: FileFormat): PathItem {
  const columns = kind === contactsExport ? "of the log's own type" : 'of a mailing'
  const contents =
    format.layout === 'labels'
      ? 'The address blocks of the contacts that have a mailing address, printed as the log says.'
      : `In the columns that the log names, else in those ${columns}.`
  const about = {
    description:
      `${contents} It is produced and streamed on its first download, and then kept: ` +
      'later downloads return the same bytes.',
    tags,
    security: [{ bearer: [] }, { queryToken: [] }, { signedLink: [] }],
    parameters: [idParameter, ...fileParameters(), ...conditions],
  }
  return withHead(about, `${nameOf(kind)}${capitalized(format.extension)}`, {
    summary: `Download a log's file as ${format.title}`,
    responses: {
      200: whole(kind, format),
      206: {
        description: 'The part of a kept file that was asked for.',
        headers: always(...KEPT, 'Content-Range', 'Content-Length'),
        content: contentOf(kind, format),
      },
      304: { description: 'The client has the file already.', headers: always(...KEPT) },
      ...fileErrorResponses(400, 401, 403, 404, 412, 416, 429, 500, 503),
    },
  })
}

function fileAtOnce(kind: ExportKind, format: FileFormat): PathItem {
  const about = {
    description:
      'Makes a log by the filter and responds with its file at once. A `HEAD` makes none.',
    tags,
    parameters: [
      filterParameter(),
      ...optionParameters(),
      nameParameter,
      ...labelParameters(),
      ...formatParameters(),
    ],
  }
  return withHead(about, `${nameOf(kind)}${capitalized(format.extension)}AtOnce`, {
    summary: `Export at once as ${format.title}`,
    responses: {
      200: {
        description: 'The file, while it is made.',
        headers: { ...always('Cache-Control', 'Content-Disposition'), ...sometimes('Link') },
        content: contentOf(kind, format),
      },
      ...fileErrorResponses(400, 401, 403, 404, 429, 500, 503),
    },
  })
}

/** What a kept file has. */
const KEPT = [
  'Accept-Ranges',
  'Cache-Control',
  'Content-Disposition',
  'ETag',
  'Last-Modified',
  'Repr-Digest',
] as const

/** A `HEAD` responses as the `GET` does, without a body, and with whole files only. */
function withHead(
  about: Omit<Operation, 'operationId' | 'summary' | 'responses'>,
  name: string,
  { summary, responses }: Pick<Operation, 'summary' | 'responses'>,
): PathItem {
  const headResponses = Object.entries(responses).filter(([status]) => !GET_ONLY.has(status))
  return {
    get: { ...about, operationId: `download${name}`, summary, responses },
    head: {
      ...about,
      operationId: `lookAt${name}`,
      summary: `${summary}: its headers`,
      responses: Object.fromEntries(
        headResponses.map(([status, response]) => [
          status,
          '$ref' in response ? response : withoutBody(response),
        ]),
      ),
    },
  }
}

const GET_ONLY = new Set(['206', '416'])

const withoutBody = ({ description, headers = {} }: ResponseObject): ResponseObject => ({
  description,
  headers,
})

const whole = (kind: ExportKind, format: FileFormat): ResponseObject => ({
  description: 'The file: kept, or while it is made.',
  headers: {
    ...always('Cache-Control', 'Content-Disposition'),
    ...sometimes('Accept-Ranges', 'Content-Length', 'ETag', 'Last-Modified', 'Repr-Digest'),
  },
  content: contentOf(kind, format),
})

function contentOf(kind: ExportKind, format: FileFormat): Content {
  const [mediaType = ''] = format.mediaType.split(';')
  const schema = { type: 'string', ...(!mediaType.startsWith('text/') && { format: 'binary' }) }
  const example = fileExample(kind, format)
  return { [mediaType]: { schema, ...(example !== undefined && { example }) } }
}

const nameOf = (kind: ExportKind): string => (kind === contactsExport ? 'Contacts' : 'Mailing')

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
