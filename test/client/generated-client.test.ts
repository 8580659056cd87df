import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import createClient from 'openapi-fetch'
import { beforeAll, describe, expect, it } from 'vitest'
import { app } from '../../src/app.ts'
import { ORIGIN, tokenFor, USER } from '../helpers/api.ts'
import { addContact, addList, LIST, newId } from '../helpers/contacts.ts'
import { csvRows } from '../helpers/files.ts'
import { syncToken } from '../helpers/sync.ts'
import type { paths } from '../../build/api.ts'

/**
 * A client as its developers make it: of types that `npm run types` generates, with the Worker in
 * place of the network.
 */
const clientOf = async (userId: string) => clientWith(await tokenFor(userId))

function clientWith(token: string) {
  return createClient<paths>({
    baseUrl: ORIGIN,
    headers: { Authorization: `Bearer ${token}` },
    fetch: async (request) => {
      const context = createExecutionContext()
      const response = await app.fetch(request, env, context)
      const body = await response.arrayBuffer()
      await waitOnExecutionContext(context)
      return new Response(body.byteLength === 0 ? null : body, response)
    },
  })
}

beforeAll(async () => {
  await addList()
  await addContact({ name: 'Baker, Ann', status: 'Partner - Financial', send_newsletter: 'Both' })
  await addContact({ name: 'Smith, John', status: 'Never Ask', send_newsletter: 'Both' })
})

describe('a generated client', () => {
  it('makes a log and downloads its file', async () => {
    const client = await clientOf(USER)
    const made = await client.POST('/api/v2/contacts/exports', {
      body: {
        data: {
          type: 'export_logs',
          attributes: { params: { filter: { status: ['active'], newsletter: 'address' } } },
        },
      },
      headers: { 'Content-Type': 'application/vnd.api+json' },
    })
    expect(made.error).toBeUndefined()
    const id = made.data?.data.id ?? ''
    const { data, response } = await client.GET('/api/v2/contacts/exports/{id}.csv', {
      params: { path: { id } },
      parseAs: 'text',
    })
    expect(response.headers.get('Content-Type')).toBe('text/csv; charset=utf-8; header=present')
    expect(csvRows(data ?? '').map(([name]) => name)).toEqual(['Contact Name', 'Baker, Ann'])
    const shown = await client.GET('/api/v2/contacts/exports/{id}', { params: { path: { id } } })
    expect(shown.data?.data.meta?.files?.['csv']?.rows).toBe(1)
  })

  it('exports at once by a filter in the query string', async () => {
    const client = await clientOf(USER)
    const { data } = await client.GET('/api/v2/contacts/exports.csv', {
      params: { query: { filter: { status: 'hidden', newsletter: 'both' } } },
      parseAs: 'text',
    })
    expect(csvRows(data ?? '').map(([name]) => name)).toEqual(['Contact Name', 'Smith, John'])
  })

  it('gets typed errors that say what is wrong', async () => {
    const client = await clientOf(USER)
    const { error } = await client.GET('/api/v2/contacts/exports/{id}', {
      params: { path: { id: 'none' } },
    })
    expect(error?.errors[0]?.detail).toBe("The id of a log must be a UUID; 'none' is not one.")
  })

  it('sends lines, and reads what became of them', async () => {
    const client = clientWith(await syncToken())
    const id = newId()
    const lines = [
      { type: 'contacts', id, attributes: { account_list_id: LIST, name: 'Doe, John' } },
      { type: 'contacts', id: newId(), attributes: { name: 7 } },
    ]
    const sent = await client.POST('/api/v2/sync', {
      params: { query: { on_error: 'skip', if_newer: true } },
      body: lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
      bodySerializer: (body) => body,
      headers: { 'Content-Type': 'application/x-ndjson' },
    })
    expect(sent.error).toBeUndefined()
    expect(sent.data?.meta.failures.map(({ line }) => line)).toEqual([2])
    const path = { id: sent.data?.data.id ?? '' }
    const shown = await client.GET('/api/v2/sync/{id}', { params: { path } })
    expect(shown.data?.data.attributes.created).toBe(1)
    const { data } = await client.GET('/api/v2/sync/{id}/failures.ndjson', {
      params: { path },
      parseAs: 'text',
    })
    expect(data).toContain('"line":2')
    const deleted = await client.GET('/api/v2/deleted_records', {
      params: { query: { 'filter[types]': ['contacts'], 'filter[since_date]': '2026-01-01' } },
      querySerializer: { array: { style: 'form', explode: false } },
    })
    expect(deleted.data?.data).toEqual([])
  })
})
