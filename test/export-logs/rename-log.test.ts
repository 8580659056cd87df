import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { call, EXPORTS, OTHER_USER } from '../helpers/api.ts'
import { addList, newId } from '../helpers/contacts.ts'
import { emptyStorage } from '../helpers/database.ts'
import { logOf } from '../helpers/files.ts'

let id = ''

beforeEach(async () => {
  await emptyStorage()
  await addList()
  id = await logOf({ status: 'hidden' })
})

const rename = async (name: unknown, call_: Parameters<typeof call>[1] = {}, of = id) => {
  const body = JSON.stringify({ data: { type: 'export_logs', id: of, attributes: { name } } })
  const headers = { 'Content-Type': 'application/vnd.api+json' }
  return call(`${EXPORTS}/${of}`, { method: 'PATCH', headers, body, ...call_ })
}

const paramsOf = async () =>
  JSON.parse((await call(`${EXPORTS}/${id}`)).text).data.attributes.params

describe('a PATCH of a log', () => {
  it('gives it a name, changes nothing else, and takes the name away', async () => {
    const { status, text } = await rename('  Christmas letter ')
    expect(status).toBe(200)
    const named = { filter: { status: 'hidden' }, name: 'Christmas letter' }
    expect(JSON.parse(text).data.attributes.params).toEqual(named)
    expect(await paramsOf()).toEqual(named)
    expect((await rename(null)).status).toBe(200)
    expect(await paramsOf()).toEqual({ filter: { status: 'hidden' } })
  })

  it.each([[5], ['x'.repeat(101)], ['a\nb'], [undefined]])('refuses the name %j', async (name) => {
    expect((await rename(name)).status).toBe(400)
  })

  it('refuses everybody but its user, and a log that is not there', async () => {
    expect((await rename('x', { user: OTHER_USER })).status).toBe(403)
    expect((await rename('x', {}, newId())).status).toBe(404)
    expect(await paramsOf()).not.toHaveProperty('name')
  })

  it('refuses a log whose params are no object, and leaves them as they are', async () => {
    await env.DB.prepare(`UPDATE export_logs SET params = 'status=active'`).run()
    expect((await rename('x')).status).toBe(409)
    const row = await env.DB.prepare('SELECT params FROM export_logs').first()
    expect(row).toEqual({ params: 'status=active' })
  })
})
