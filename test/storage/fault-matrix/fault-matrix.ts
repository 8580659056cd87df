import { env } from 'cloudflare:workers'
import { randomBytes } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import { fileFormats } from '../../../src/formats/file-formats.ts'
import { USER } from '../../helpers/api.ts'
import { addContact, addList, newId } from '../../helpers/contacts.ts'
import { insert } from '../../helpers/database.ts'
import { faultyBindings, type Fault } from '../../helpers/faulty-bindings.ts'
import type { BindingCall } from '../../helpers/wrap-bindings.ts'
import { downloadFile, type Download } from './download.ts'

/**
 * The formats whose files are the same for every log of the same contacts. A file of labels contains
 * the id of its log, so that its bytes cannot be compared; it is kept in the same way.
 */
const FORMATS = fileFormats
  .filter(({ layout }) => layout === 'table')
  .map(({ extension }) => extension)

/** Large files are uploaded to R2 in parts, small ones at once. */
type FileSize = 'of two parts' | 'of one piece'

/** Faults that stay, and faults that are gone at the next call. */
const LASTING = ['fails', 'fails when it is done'] as const satisfies readonly Fault[]
const TRANSIENT = [
  'fails for a moment',
  'fails for a moment when it is done',
] as const satisfies readonly Fault[]

/**
 * What a client may see of a fault: nothing of one of R2, or of a write to D1 that only concerns
 * keeping, or of the call that admits the file, which is repeated without reading contacts.
 */
const rightEnds = ({ name, statements }: BindingCall): readonly Download['end'][] =>
  name.startsWith('R2') || statements.every(isWrite) || statements.some(isAdmission)
    ? ['clean']
    : ['cut off', 'refused']

const isWrite = (sql: string): boolean => /^(?:insert|update|delete) /.test(sql)
const isAdmission = (sql: string): boolean => sql.startsWith('insert into "export_productions"')

/**
 * The tests of files of a size, in every format of tables: every call of D1 and R2 that an export makes goes wrong in turn; its
 * client goes away at every tenth; twelve come at once. After each, the client saw a broken
 * transfer or the whole file; R2 holds the whole file or none; D1 knows of every upload that is
 * open; the next download is right, and a later one is kept. After a transient fault, the client
 * has the whole file, it is kept, and no production is left on record.
 */
export async function faultMatrix(size: FileSize): Promise<void> {
  // On a machine that is busy with other things, ten exports at once take their time.
  vi.setConfig({ testTimeout: 120_000 })
  for (const level of ['error', 'log'] as const) {
    vi.spyOn(console, level).mockImplementation(() => undefined)
  }
  await addContacts(size)
  for (const format of FORMATS) {
    const nameOf = (id: string) => `${id}.${format}`
    const { calls, ...bindings } = faultyBindings()
    const right = await downloadFile(nameOf(await addLog()), USER, bindings)

    const expectSound = async (id: string, uploadIds: readonly string[] = []) => {
      expect([undefined, right.bytes]).toContain(await objectSize(nameOf(id)))
      expect(await unknownUploads(nameOf(id), uploadIds)).toEqual([])
      expect(await downloadFile(nameOf(id), USER)).toEqual(right)
      if (!(await keptDigest(id, format))) {
        await endClaim(id)
        await downloadFile(nameOf(id), USER)
      }
      expect(await keptDigest(id, format)).toBe(right.sha256)
      expect(await objectSize(nameOf(id))).toBe(right.bytes)
    }

    /** Downloads a file while one call goes wrong. */
    const downloadWith = async (fault: Fault, number: number): Promise<Download> => {
      const id = await addLog()
      const { uploadIds, ...faulty } = faultyBindings(fault, number)
      const download = await downloadFile(nameOf(id), USER, faulty)
      await expectSound(id, uploadIds)
      return download
    }

    const casesOf = (faults: readonly Fault[]) =>
      faults.flatMap((fault) =>
        calls.map((call, index) => ({ call, name: call.name, fault, number: index + 1 })),
      )

    describe(`a ${format} file ${size}, made by ${calls.length} calls`, () => {
      it.each(casesOf(LASTING))('is right when call $number, $name, $fault', async (wrong) => {
        const download = await downloadWith(wrong.fault, wrong.number)
        expect(rightEnds(wrong.call)).toContain(download.end)
        expect(download.end === 'clean' ? download : right).toEqual(right)
      })

      it.each(casesOf(TRANSIENT))(
        'is whole and kept when call $number, $name, $fault',
        async ({ fault, number }) => {
          const id = await addLog()
          const { uploadIds, ...faulty } = faultyBindings(fault, number)
          const before = await productions()
          expect(await downloadFile(nameOf(id), USER, faulty)).toEqual(right)
          expect(await productions()).toEqual(before)
          expect(await keptDigest(id, format)).toBe(right.sha256)
          await expectSound(id, uploadIds)
        },
      )

      it(`is right when any of ${calls.length} calls comes 2 s late`, async () => {
        const downloads = await Promise.all(
          calls.map((_, index) => downloadWith('comes 2 s late', index + 1)),
        )
        expect(downloads).toEqual(calls.map(() => right))
      })

      it('is right, and kept, when its client goes away at any of 10 tenths', async () => {
        for (let tenth = 0; tenth < 10; tenth += 1) {
          const id = await addLog()
          const { end } = await downloadFile(nameOf(id), USER, {}, (right.bytes * tenth) / 10)
          expect(end).toBe('left')
          expect(await keptDigest(id, format)).toBe(right.sha256)
          expect(await objectSize(nameOf(id))).toBe(right.bytes)
        }
      })

      it('is right for 12 first downloads at once', async () => {
        const id = await addLog()
        const twelve = Array.from({ length: 12 }, () => downloadFile(nameOf(id), USER))
        expect(await Promise.all(twelve)).toEqual(twelve.map(() => right))
        expect(await keptDigest(id, format)).toBe(right.sha256)
        await expectSound(id)
      })
    })
  }
}

/**
 * As many characters as a cell holds: in the deflated file, no cell can be told by the one before
 * it.
 */
const CELL_CHARACTERS = 32_700

/** Deflated, a file of so many contacts is larger than one part. A name is in three columns. */
const CONTACTS_OF_TWO_PARTS = 73

async function addContacts(size: FileSize): Promise<void> {
  await addList()
  if (size === 'of one piece') {
    await addContact({ name: 'Ann' })
    return
  }
  for (let count = 0; count < CONTACTS_OF_TWO_PARTS; count += 1) {
    await addContact({ name: randomBytes((CELL_CHARACTERS * 3) / 4).toString('base64') })
  }
}

/** A log whose files are the same, byte for byte, as those of the other logs. */
async function addLog(): Promise<string> {
  const id = newId()
  const exportAt = '2022-01-12T17:18:07Z'
  await insert('export_logs', { id, type: 'Contacts', user_id: USER, export_at: exportAt })
  return id
}

const productions = async () =>
  (await env.DB.prepare('SELECT id FROM export_productions ORDER BY id').all()).results

const objectSize = async (name: string) => (await env.FILES.head(`exports/${name}`))?.size

/**
 * The digest on record of a file that is kept: none when R2 has not the version on record, or
 * somebody holds a claim.
 */
async function keptDigest(id: string, format: string): Promise<unknown> {
  const { version } = (await env.FILES.head(`exports/${id}.${format}`)) ?? {}
  const record = await env.DB.prepare(
    `SELECT version, sha256 FROM export_files
     WHERE export_log_id = ? AND claim IS NULL AND discarded = 0`,
  )
    .bind(id)
    .first()
  return record && record['version'] === version ? record['sha256'] : undefined
}

/** Lets the claim of a production that did not end be as old as one that has ended. */
const endClaim = (id: string) =>
  env.DB.prepare(
    `UPDATE export_files SET claimed_at = '2022-01-12T17:18:07Z'
     WHERE export_log_id = ? AND claim IS NOT NULL`,
  )
    .bind(id)
    .run()

/** Those of the uploads that take a part, and of which D1 knows nothing. */
async function unknownUploads(
  name: string,
  uploadIds: readonly string[],
): Promise<readonly string[]> {
  const { results } = await env.DB.prepare('SELECT upload_id FROM export_uploads').all()
  const noted = new Set(results.map((row) => row['upload_id']))
  const unknown: string[] = []
  for (const uploadId of uploadIds.filter((id) => !noted.has(id))) {
    const upload = env.FILES.resumeMultipartUpload(`exports/${name}`, uploadId)
    const isOpen = await upload.uploadPart(1, 'x').then(
      () => true,
      () => false,
    )
    if (isOpen) unknown.push(uploadId)
  }
  return unknown
}
