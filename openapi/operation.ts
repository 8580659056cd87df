import { JSON_API, JSON_TYPE } from '../src/http/json-api/json-api.ts'
import { always } from './headers.ts'
import type { Schema } from './schemas.ts'

/** The parts of OpenAPI 3.1 that our document has. */

type Reference = { readonly $ref: string }

export type Parameter = {
  readonly name: string
  readonly in: 'query' | 'path' | 'header'
  readonly description: string
  readonly required?: boolean
  readonly schema: Schema
  readonly style?: 'form' | 'deepObject'
  readonly explode?: boolean
  readonly example?: unknown
}

export type Header = {
  readonly description: string
  readonly schema: Schema
  readonly required?: boolean
  readonly example?: string
}

export type Content = {
  readonly [mediaType: string]: {
    readonly schema: Schema
    readonly example?: unknown
    readonly examples?: { readonly [name: string]: { readonly value: unknown } }
  }
}

/** A document in the two media types that it is sent as. */
export const documentContent = (schema: Schema, example: unknown): Content => ({
  [JSON_API]: { schema, example },
  [JSON_TYPE]: { schema, example },
})

export type ResponseObject = {
  readonly description: string
  readonly headers?: { readonly [name: string]: Header | Reference }
  readonly content?: Content
}

/** A response with a document. */
export const documentResponse = (description: string, content: Content): ResponseObject => ({
  description,
  headers: always('Cache-Control'),
  content,
})

export type Operation = {
  readonly operationId: string
  readonly summary: string
  readonly description?: string
  readonly tags: readonly string[]
  readonly security?: readonly { readonly [scheme: string]: readonly string[] }[]
  readonly parameters?: readonly (Parameter | Reference)[]
  readonly requestBody?: { readonly required: true; readonly content: Content }
  readonly responses: { readonly [status: string]: ResponseObject | Reference }
}

/** The operations of a path. */
export type PathItem = {
  readonly [method in 'get' | 'head' | 'post' | 'patch' | 'delete']?: Operation
}

export type Paths = { readonly [path: string]: PathItem }
