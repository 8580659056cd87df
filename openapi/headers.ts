import type { exposedHeaders } from '../src/http/cross-origin.ts'
import type { Header } from './operation.ts'

const text = { type: 'string' }
const count = { type: 'string', pattern: String.raw`^\d+$` }

type OtherHeader = 'Accept-Encoding' | 'Cache-Control' | 'Last-Modified' | 'WWW-Authenticate'

/**
 * The headers of responses that have a meaning for clients, including those that pages of other
 * origins may read.
 */
export const headers: Readonly<Record<(typeof exposedHeaders)[number] | OtherHeader, Header>> = {
  'Accept-Encoding': {
    description: 'The accepted codings of a body, after one that is not accepted.',
    schema: { enum: ['identity', 'gzip'] },
  },
  'Accept-Ranges': {
    description: 'A range of the file may be requested.',
    schema: { const: 'bytes' },
  },
  'Cache-Control': { description: 'Who may keep the response.', schema: text },
  'Content-Disposition': {
    description: 'The name of the file: that of the export, and its day.',
    schema: { type: 'string', pattern: '^attachment; filename="[^"]+"$' },
    example: 'attachment; filename="contacts-20261124.csv"',
  },
  'Content-Length': { description: 'In bytes. Only a kept file has it.', schema: count },
  'Content-Range': {
    description: 'Which bytes these are, and of how many. `*` without bytes.',
    schema: { type: 'string', pattern: String.raw`^bytes (\d+-\d+|\*)/\d+$` },
    example: 'bytes 0-499/389120',
  },
  ETag: {
    description: 'Strong: it changes with the bytes. Only a kept file has it.',
    schema: { type: 'string', pattern: '^"[^"]+"$' },
  },
  'Last-Modified': { description: 'When the file was produced.', schema: text },
  Link: {
    description: 'The log that was created for this file.',
    schema: { type: 'string', pattern: '^<[^>]+>; rel="describedby"$' },
  },
  Location: { description: 'The log.', schema: { type: 'string', format: 'uri' } },
  'Repr-Digest': {
    description: 'SHA-256 of the whole file (RFC 9530). Only a kept file has it.',
    schema: { type: 'string', pattern: '^sha-256=:[A-Za-z0-9+/]+=*:$' },
  },
  'Retry-After': { description: 'After how many seconds to try again.', schema: count },
  'WWW-Authenticate': {
    description: 'The authentication scheme, and what the token lacks.',
    schema: { type: 'string', pattern: '^Bearer( error="insufficient_scope")?$' },
  },
}

export type HeaderName = keyof typeof headers

/** Headers that an response always has. */
export const always = (...names: readonly HeaderName[]) =>
  Object.fromEntries(names.map((name) => [name, { ...headers[name], required: true }]))

/** Headers that an response may have. */
export const sometimes = (...names: readonly HeaderName[]) =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))
