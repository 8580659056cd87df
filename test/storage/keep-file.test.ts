import { env } from 'cloudflare:workers'
import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { openDatabase } from '../../src/db/client.ts'
import { claimFile } from '../../src/storage/file-claims.ts'
import { keepFile } from '../../src/storage/keep-file.ts'
import { LIST } from '../helpers/contacts.ts'
import { emptyStorage, insert } from '../helpers/database.ts'

const ID = '00000000-0000-4000-8000-000000000001'
const name = { exportLogId: ID, variant: 'csv' }
const KEY = `exports/${ID}.csv`
const MEBIBYTE = 1024 * 1024

/** A claim so old is renewed. */
const LONG_AGO = 0

const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)

beforeEach(async () => {
  await emptyStorage()
  await insert('export_logs', { id: ID, type: 'Contacts', params: '{}', user_id: 'u' })
  log.mockClear()
})

const claimed = async (claim: string) =>
  (await claimFile(openDatabase(env.DB), name, claim)).length > 0

/** A production that keeps its file; its bytes come only as they are asked for. */
const production = (
  claim: string,
  pieces: readonly string[],
  bucket = env.FILES,
  claimedAt = LONG_AGO,
) =>
  keepFile(chunksOf(pieces), {
    database: openDatabase(env.DB),
    bucket,
    name,
    production: { userId: 'u', id: claim, kind: 'file' as const },
    claimedAt,
    contentType: 'text/csv',
    contents: () => ({ rows: pieces.length, accountListIds: [LIST] }),
  })

async function* chunksOf(pieces: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    if (piece === 'fault') throw new Error('D1 is away')
    yield new TextEncoder().encode(piece)
  }
}

async function rest(chunks: AsyncGenerator<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of chunks) text += decoder.decode(chunk, { stream: true })
  return text
}

const record = () => env.DB.prepare('SELECT * FROM export_files').first()
const uploads = async () => (await env.DB.prepare('SELECT * FROM export_uploads').all()).results
const object = async () => (await env.FILES.get(KEY))?.text()

/** Lets the claim be as old as one that has ended. */
const endClaim = () =>
  env.DB.prepare(
    `UPDATE export_files SET claimed_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-121 seconds')`,
  ).run()

const discard = () => env.DB.prepare('UPDATE export_files SET discarded = 1').run()

/** The bucket, in which a kind of work does something more, before or after it is done. */
function bucketWith(
  work: 'put' | 'delete',
  step: { before?: () => unknown; after?: () => unknown },
) {
  return new Proxy(env.FILES, {
    get(bucket, method) {
      const member: unknown = Reflect.get(bucket, method, bucket)
      if (typeof member !== 'function') return member
      return async (...values: unknown[]) => {
        if (method === work) await step.before?.()
        const result: unknown = await Reflect.apply(member, bucket, values)
        if (method === work) await step.after?.()
        return result
      }
    },
  })
}

const fail = () => {
  throw new Error('R2 is away')
}

describe('a claim', () => {
  it('is held by one production at a time, and by none when the log does not exist', async () => {
    expect([await claimed('one'), await claimed('two')]).toEqual([true, false])
    await endClaim()
    expect([await claimed('two'), await claimed('one')]).toEqual([true, false])
    await env.DB.prepare('DELETE FROM export_logs').run()
    await env.DB.prepare('DELETE FROM export_files').run()
    expect(await claimed('three')).toBe(false)
  })

  it.each([
    ['is kept', ['Bea'], 'Bea'],
    ['fails', ['fault'], undefined],
  ])('of a discarded file takes that away, also where the new one %s', async (_, pieces, left) => {
    await claimed('one')
    await rest(production('one', ['Ann']))
    await discard()
    expect(await claimed('two')).toBe(true)
    expect(await record()).toMatchObject({ claim: 'two', version: null, discarded: 0 })
    await rest(production('two', pieces)).catch(() => undefined)
    expect(await object()).toBe(left)
    expect((await record())?.['version']).toBe((await env.FILES.head(KEY))?.version)
  })

  it('may be older than two minutes as long as no other production takes it', async () => {
    await claimed('slow')
    await endClaim()
    expect(await rest(production('slow', ['Ann']))).toBe('Ann')
    expect(await record()).toMatchObject({ claim: null, rows: 1, discarded: 0 })
  })
})

describe('a slow production whose claim another has taken', () => {
  it.each([1, 3 * MEBIBYTE])(
    'leaves the object and the record of the other alone (%i bytes a chunk)',
    async (size) => {
      const [slowOnes, quickOnes] = ['s', 'q'].map((letter) => Array(3).fill(letter.repeat(size)))
      await claimed('slow')
      const slow = production('slow', slowOnes ?? [])
      await slow.next()
      await slow.next()
      await endClaim()
      await claimed('quick')
      const quick = await rest(production('quick', quickOnes ?? []))
      const kept = await record()
      await rest(slow)
      expect(await record()).toEqual(kept)
      expect((await object()) === quick).toBe(true)
      expect(await uploads()).toEqual([])
    },
  )

  it('does not touch the claim of the other while that one is at work', async () => {
    await claimed('slow')
    const slow = production('slow', ['s', 's'])
    await slow.next()
    await endClaim()
    await claimed('quick')
    const quick = production('quick', ['q', 'q'])
    await quick.next()
    expect(await rest(slow)).toBe('s')
    expect(await object()).toBeUndefined()
    expect(await rest(quick)).toBe('q')
    expect([await object(), (await record())?.['rows']]).toEqual(['qq', 2])
  })

  it('is not recorded as kept, even if its object reached R2 last', async () => {
    await claimed('slow')
    const late = bucketWith('put', {
      before: async () => {
        await endClaim()
        await claimed('quick')
        await rest(production('quick', ['q']))
      },
    })
    expect(await rest(production('slow', ['s'], late))).toBe('s')
    const head = await env.FILES.head(KEY)
    expect((await record())?.['version']).not.toBe(head?.version)
  })
})

describe('a production that stops early', () => {
  const chunk = 'x'.repeat(6 * MEBIBYTE)

  it.each([
    ['by a fault', ['Ann', 'fault']],
    ['by a fault after the first part', [chunk, 'fault']],
  ])('%s leaves nothing', async (_, pieces) => {
    await claimed('one')
    await expect(rest(production('one', pieces))).rejects.toThrow('D1 is away')
    expect([await record(), await uploads(), await object()]).toEqual([null, [], undefined])
  })

  it.each([['Ann'], [chunk]])(
    'because its client stopped reading leaves nothing',
    async (piece) => {
      await claimed('one')
      const chunks = production('one', [piece, piece])
      await chunks.next()
      await chunks.return(false)
      expect([await record(), await uploads(), await object()]).toEqual([null, [], undefined])
    },
  )

  it('has recorded its upload before the first part', async () => {
    await claimed('one')
    const chunks = production('one', [chunk, chunk])
    await chunks.next()
    await chunks.next()
    await vi.waitFor(async () => {
      expect(await uploads()).toMatchObject([{ export_log_id: ID, variant: 'csv' }])
    })
    await rest(chunks)
    expect(await uploads()).toEqual([])
  })

  it('removes what an earlier crashed one may have left', async () => {
    await claimed('crashed')
    await env.FILES.put(KEY, 'complete, and never recorded')
    await endClaim()
    await claimed('next')
    await expect(rest(production('next', ['fault']))).rejects.toThrow('D1 is away')
    expect([await record(), await object()]).toEqual([null, undefined])
  })

  it('leaves its claim to expire when R2 cannot remove the object', async () => {
    await claimed('one')
    const chunks = production('one', ['fault'], bucketWith('delete', { before: fail }))
    await expect(rest(chunks)).rejects.toThrow('D1 is away')
    expect(await record()).toMatchObject({ claim: 'one', version: null })
    expect(log).toHaveBeenCalledWith(expect.stringContaining('"cleanup_failed"'))
    await endClaim()
    expect(await claimed('two')).toBe(true)
  })
})

describe('a file discarded while it is made', () => {
  it.each([
    ['before its object is there', () => env.FILES, LONG_AGO],
    ['before its object is there, under a young claim,', () => env.FILES, Date.now()],
    ['after its object is there', () => bucketWith('put', { after: discard }), LONG_AGO],
  ])('%s is sent, and not kept', async (when, bucket, claimedAt) => {
    await claimed('one')
    const chunks = production('one', ['Ann', 'Bea'], bucket(), claimedAt)
    await chunks.next()
    if (when.startsWith('before')) await discard()
    expect(await rest(chunks)).toBe('Bea')
    expect([await record(), await object()]).toEqual([null, undefined])
  })

  it('is removed with its log', async () => {
    await claimed('one')
    const chunks = production('one', ['Ann', 'Bea'])
    await chunks.next()
    await env.DB.prepare('DELETE FROM export_logs').run()
    expect(await rest(chunks)).toBe('Bea')
    expect([await record(), await object()]).toEqual([null, undefined])
  })
})

describe('a file that is made again', () => {
  beforeEach(async () => {
    await claimed('old')
    await rest(production('old', ['old']))
  })

  it('replaces the old one', async () => {
    await claimed('new')
    await rest(production('new', ['new', '!']))
    expect(await object()).toBe('new!')
    const sha256 = createHash('sha256').update('new!').digest('hex')
    const version = (await env.FILES.head(KEY))?.version
    expect(await record()).toMatchObject({ rows: 2, bytes: 4, sha256, version, claim: null })
  })

  it('leaves the old one when it fails before the end', async () => {
    const before = await record()
    await claimed('new')
    await expect(rest(production('new', ['new', 'fault']))).rejects.toThrow('D1 is away')
    expect(await record()).toEqual(before)
    expect(await object()).toBe('old')
  })

  it('leaves none when R2 fails and may have either of the two', async () => {
    for (const step of [{ before: fail }, { after: fail }]) {
      await claimed('new')
      expect(await rest(production('new', ['new'], bucketWith('put', step)))).toBe('new')
      expect([await record(), await object()]).toEqual([null, undefined])
    }
  })

  it('removes the old one when it was discarded meanwhile', async () => {
    await claimed('new')
    const chunks = production('new', ['new', 'fault'])
    await chunks.next()
    await discard()
    await expect(rest(chunks)).rejects.toThrow('D1 is away')
    expect([await record(), await object()]).toEqual([null, undefined])
  })
})
