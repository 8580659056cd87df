import type { components, paths } from '../../build/api.ts'

type Params<Query, Path = undefined> = {
  query?: Query
  path?: Path
  header?: never
  cookie?: never
}
type Json<Body> = { content: { 'application/vnd.api+json': Body } }
type Ok<Body> = { responses: { 200: { headers: Record<string, string> } & Json<Body> } }

type SavedFilter = {
  id: string
  attributes: {
    name: string
    filter: Record<string, unknown>
    columns: string[] | null
    sort: string | null
    format: string | null
  }
}
type SavedBody<Given> = {
  data: { type: 'saved_filters'; id?: string; attributes: Given }
}
type Attributes = Partial<SavedFilter['attributes']>

export type PendingSchemas = { SavedFilter: SavedFilter }

type Log = components['schemas']['ExportLog']

export type PendingPaths = Omit<
  paths,
  | '/api/v2/contacts/exports/{id}'
  | '/api/v2/contacts/exports/preview'
  | '/api/v2/contacts/filter_values'
  | '/api/v2/contacts/saved_filters'
  | '/api/v2/contacts/saved_filters/{id}'
> & {
  '/api/v2/contacts/exports/preview': {
    get: {
      parameters: Params<{ filter?: Record<string, unknown>; columns?: string; sort?: string }>
    } & Ok<components['schemas']['PreviewDocument']>
  }
  '/api/v2/contacts/exports/{id}': Omit<paths['/api/v2/contacts/exports/{id}'], 'patch'> & {
    patch: {
      parameters: { path: { id: string } }
      requestBody: Json<{ data: { type: 'export_logs'; id: string; attributes: { name: string } } }>
    } & Ok<{ data: Log }>
  }
  '/api/v2/contacts/filter_values': {
    get: { parameters: Params<{ key: string; q?: string }> } & Ok<{
      data: { attributes: { value: string; contacts: number } }[]
    }>
  }
  '/api/v2/contacts/saved_filters': {
    get: { parameters: Params<undefined> } & Ok<{ data: SavedFilter[] }>
    post: { parameters: Params<undefined>; requestBody: Json<SavedBody<Attributes>> } & Ok<{
      data: SavedFilter
    }>
  }
  '/api/v2/contacts/saved_filters/{id}': {
    patch: {
      parameters: { path: { id: string } }
      requestBody: Json<SavedBody<Attributes>>
    } & Ok<{ data: SavedFilter }>
    delete: { parameters: { path: { id: string } } } & Ok<unknown>
  }
}
