import { contactsExport, mailingExport, type ExportKind } from '../src/export-logs/export-kinds.ts'
import { EXTENSIONS, formats } from '../src/formats/formats.ts'
import { csvExample } from './examples.ts'
import { always, sometimes } from './headers.ts'
import type { ResponseObject, Content, Operation, PathItem, Paths } from './operation.ts'
import {
  bomParameter,
  conditions,
  fileParameters,
  filterParameter,
  idParameter,
} from './parameters.ts'
import { fileErrorResponses } from './error-responses.ts'

type Extension = (typeof EXTENSIONS)[number]

const tags = ['Files']

/** The routes of files, kept and at once, in every format. */
export const filePaths = (): Paths =>
  Object.fromEntries(
    [contactsExport, mailingExport].flatMap((kind) =>
      EXTENSIONS.flatMap((extension) => [
        [`${kind.path}/{id}.${extension}`, fileOfLog(kind, extension)],
        [`${kind.path}.${extension}`, fileAtOnce(kind, extension)],
      ]),
    ),
  )

function fileOfLog(kind: ExportKind, extension: Extension): PathItem {
  const columns = kind === contactsExport ? "of the log's own type" : 'of a mailing'
  const about = {
    description:
      `In the columns ${columns}. It is produced and streamed on its first download, and then kept: ` +
      'later downloads return the same bytes.',
    tags,
    security: [{ bearer: [] }, { queryToken: [] }, { signedLink: [] }],
    parameters: [idParameter, ...fileParameters(), ...conditions],
  }
  return withHead(about, `${nameOf(kind)}${capitalized(extension)}`, {
    summary: `Download a log's file as ${extension.toUpperCase()}`,
    responses: {
      200: whole(kind, extension),
      206: {
        description: 'The part of a kept file that was asked for.',
        headers: always(...KEPT, 'Content-Range', 'Content-Length'),
        content: contentOf(kind, extension),
      },
      304: { description: 'The client has the file already.', headers: always(...KEPT) },
      ...fileErrorResponses(400, 401, 403, 404, 412, 416, 429, 500, 503),
    },
  })
}

function fileAtOnce(kind: ExportKind, extension: Extension): PathItem {
  const about = {
    description:
      'Makes a log by the filter and responses with its file at once. A `HEAD` makes none.',
    tags,
    parameters: [filterParameter(), ...bomParameter()],
  }
  return withHead(about, `${nameOf(kind)}${capitalized(extension)}AtOnce`, {
    summary: `Export at once as ${extension.toUpperCase()}`,
    responses: {
      200: {
        description: 'The file, while it is made.',
        headers: { ...always('Cache-Control', 'Content-Disposition'), ...sometimes('Link') },
        content: contentOf(kind, extension),
      },
      ...fileErrorResponses(400, 401, 404, 429, 500, 503),
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

const whole = (kind: ExportKind, extension: Extension): ResponseObject => ({
  description: 'The file: kept, or while it is made.',
  headers: {
    ...always('Cache-Control', 'Content-Disposition'),
    ...sometimes('Accept-Ranges', 'Content-Length', 'ETag', 'Last-Modified', 'Repr-Digest'),
  },
  content: contentOf(kind, extension),
})

function contentOf(kind: ExportKind, extension: Extension): Content {
  const [mediaType = ''] = formats[extension].mediaType.split(';')
  return {
    [mediaType]:
      extension === 'csv'
        ? { schema: { type: 'string' }, example: csvExample(kind) }
        : { schema: { type: 'string', format: 'binary' } },
  }
}

const nameOf = (kind: ExportKind): string => (kind === contactsExport ? 'Contacts' : 'Mailing')

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
