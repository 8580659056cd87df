import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const START = join(ROOT, 'scripts/start.ts')

/**
 * Stands for wrangler: it prints what nobody wants to see, and starts a process that would go on
 * for ever. Its `dev` answers every call with a log.
 */
const WRANGLER = `#!${process.execPath}
const { spawn } = require('node:child_process')
const { appendFileSync } = require('node:fs')
const { createServer } = require('node:http')
const [command, ...words] = process.argv.slice(2)
const endless = () => {
  const { pid } = spawn('sleep', ['1000'], { stdio: 'ignore' })
  appendFileSync('pids', [pid, process.pid, ''].join('\\n'))
}
console.log('| a table | of wrangler |')
if (command === 'd1') {
  if (process.env.D1 === 'hangs') {
    endless()
    setInterval(() => undefined, 1000)
  } else process.exitCode = process.env.D1 === 'fails' ? 1 : 0
} else {
  endless()
  const port = Number(words[words.indexOf('--port') + 1])
  const links = {
    csv: 'http://files.example/a.csv',
    xlsx: 'http://files.example/a.xlsx',
    pdf: 'http://files.example/a.pdf',
  }
  const server = createServer((_, response) => {
    response.writeHead(201)
    response.end(JSON.stringify({ data: { id: 'a', links }, meta: { account_lists: [{}] } }))
  })
  server.listen(port, '127.0.0.1', () => console.log('Ready on http://127.0.0.1:' + port))
}
`

let folder = ''
let children: ChildProcess[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'start-test-'))
  mkdirSync(join(folder, 'bin'))
  writeFileSync(join(folder, 'bin/wrangler'), WRANGLER)
  chmodSync(join(folder, 'bin/wrangler'), 0o755)
  mkdirSync(join(folder, 'scripts'))
  cpSync(join(ROOT, 'scripts/check-install.js'), join(folder, 'scripts/check-install.js'))
  symlinkSync(join(ROOT, 'migrations'), join(folder, 'migrations'))
  writeFileSync(join(folder, 'scripts/package.json'), '{"type":"module"}')
})

afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  children = []
  for (const pid of endlessPids()) kill(pid)
  rmSync(folder, { recursive: true, force: true })
})

const environment = (variables: Record<string, string>) => ({
  PATH: [join(folder, 'bin'), process.env['PATH']].join(delimiter),
  ...variables,
})

/** Runs the script to its end. */
function start(variables: Record<string, string>) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [START], {
    cwd: folder,
    encoding: 'utf8',
    env: environment(variables),
    timeout: 30_000,
  })
  return { status, stdout, stderr }
}

/**
 * Starts the script, and waits until it says so, or until wrangler has started what goes on for
 * ever.
 */
async function startUntil(variables: Record<string, string>, isThere: (output: string) => boolean) {
  const child = spawn(process.execPath, [START], { cwd: folder, env: environment(variables) })
  children.push(child)
  let output = ''
  let errors = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  await expect.poll(() => isThere(output), { timeout: 20_000 }).toBe(true)
  return { child, output, errors: () => errors }
}

function endlessPids(): readonly number[] {
  const file = join(folder, 'pids')
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').map(Number) : []
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It is gone, as it should be.
  }
}

/** Whether a process runs; one that only waits for its parent to look does not. */
function runs(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

/** A port that somebody listens at, while something is done. */
async function withTakenPort(host: string, act: (port: number) => void): Promise<void> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  const address: AddressInfo | string | null = server.address()
  try {
    if (typeof address === 'object' && address) act(address.port)
  } finally {
    server.close()
  }
}

async function freePort(): Promise<number> {
  let free = 0
  await withTakenPort('127.0.0.1', (port) => {
    free = port
  })
  return free
}

describe('the port', () => {
  it.each(['abc', '0', '-1', '65536', '70000', '8787.5', '8787 8788', 'NaN', '8e3', '0x2617'])(
    '%j is refused in one line',
    (port) => {
      const { status, stdout, stderr } = start({ PORT: port })
      expect([status, stdout]).toEqual([1, ''])
      expect(stderr).toBe(`PORT must be a whole number from 1 to 65535, not '${port}'.\n`)
    },
  )

  // Without the permission for it, the first of them is refused as such.
  it.each(['1', '6667'])('%s, which clients do not open, is refused in one line', (port) => {
    const { status, stdout, stderr } = start({ PORT: port })
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(
      new RegExp(
        `^(You have no permission to use|Browsers refuse to open) port ${port}; ` +
          'try PORT=8787 npm start\\n$',
      ),
    )
  })

  it.each(['127.0.0.1', '::1', '0.0.0.0'])(
    'taken at %s is reported, with a free one, before anything is made',
    async (host) => {
      await withTakenPort(host, (port) => {
        const { status, stdout, stderr } = start({ PORT: String(port) })
        expect([status, stdout]).toEqual([1, ''])
        expect(stderr).toMatch(new RegExp(`^Port ${port} is taken; try PORT=\\d+ npm start\\n$`))
        expect(stderr).not.toContain(`PORT=${port} `)
        expect(readdirSync(folder)).not.toContain('.dev.vars')
      })
    },
  )
})

describe('a start', () => {
  it('says in a dozen lines where the console is, the documentation, the token and curl', async () => {
    const port = await freePort()
    const { output } = await startUntil({ PORT: String(port) }, (text) => text.includes('Ctrl-C'))
    expect(output).not.toContain('table')
    const lines = output.split('\n').filter((line) => line !== '')
    expect(lines.length).toBeLessThanOrEqual(12)
    const places = ['/#token=', '/docs', 'files.example', '\nexport TOKEN=', '\ncurl ']
    const found = places.map((text) => output.indexOf(text))
    expect(found).toEqual(found.toSorted((one, other) => one - other))
    expect(found).not.toContain(-1)
    expect(output).toContain(`http://localhost:${port}/`)
  })

  it('whose reader ends, as `npm start | head` does, ends quietly', async () => {
    const port = String(await freePort())
    const { child, errors } = await startUntil({ PORT: port }, (text) => text.includes('Starting'))
    child.stdout.destroy()
    await expect.poll(() => child.exitCode, { timeout: 20_000 }).toBe(0)
    expect(errors()).toBe('')
    expect(endlessPids().filter((pid) => runs(pid))).toEqual([])
  })

  it('that fails shows what wrangler said', async () => {
    const { status, stdout, stderr } = start({ PORT: String(await freePort()), D1: 'fails' })
    expect(status).toBe(1)
    expect(stdout).not.toContain('table')
    expect(stderr).toContain('| a table | of wrangler |')
    expect(stderr).not.toMatch(/\n\s+at /)
  })

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const)(
    'that %s ends leaves no process behind, serving or not yet',
    async (signal) => {
      for (const variables of [{}, { D1: 'hangs' }]) {
        const { child } = await startUntil(
          { PORT: String(await freePort()), ...variables },
          (text) => text.includes('Ctrl-C') || ('D1' in variables && endlessPids().length > 2),
        )
        child.kill(signal)
        await expect
          .poll(() => endlessPids().filter((pid) => runs(pid)), { timeout: 10_000 })
          .toEqual([])
      }
      expect(endlessPids()).toHaveLength(4)
    },
    60_000,
  )
})

const current = () => readFileSync(join(ROOT, 'migrations/0000_tables.sql'), 'utf8')
const earlier = () => current().replaceAll(' STRICT, WITHOUT ROWID', '')

describe('local data', () => {
  const databases = '.wrangler/state/v3/d1/miniflare-D1DatabaseObject'

  /** A database in which these migrations were applied, by these statements. */
  function makeState(names: readonly string[], sql: string) {
    mkdirSync(join(folder, databases), { recursive: true })
    const database = new DatabaseSync(join(folder, databases, 'a.sqlite'))
    database.exec(sql)
    database.exec('CREATE TABLE d1_migrations (id integer PRIMARY KEY, name text)')
    const insert = database.prepare('INSERT INTO d1_migrations (name) VALUES (?)')
    for (const name of names) insert.run(name)
    database.close()
  }

  it.each<[string, () => void]>([
    ['of other tables', () => makeState(['0000_tables.sql'], earlier())],
    [
      'of migrations that are no more',
      () => makeState(['0000_tables.sql', '0001_people_without_contact.sql'], current()),
    ],
  ])('%s is moved out of the way, and nothing of it is lost', async (_, make) => {
    make()
    const port = await freePort()
    const { output } = await startUntil({ PORT: String(port) }, (text) => text.includes('Ctrl-C'))
    const [, place = ''] = /it is in (\S+) now/.exec(output) ?? []
    expect(existsSync(join(folder, databases))).toBe(false)
    expect(readdirSync(join(folder, place, 'v3/d1/miniflare-D1DatabaseObject'))).toEqual([
      'a.sqlite',
    ])
  })

  it.each<[string, () => void]>([
    ['of the tables there are', () => makeState(['0000_tables.sql'], current())],
    [
      'with an index of its own',
      () => makeState(['0000_tables.sql'], `${current()}; CREATE INDEX own ON contacts (locale)`),
    ],
    ['without migrations yet', () => makeState([], '')],
  ])('%s stays', async (_, make) => {
    make()
    const port = await freePort()
    await startUntil({ PORT: String(port) }, (text) => text.includes('Ctrl-C'))
    expect(readdirSync(join(folder, databases))).toEqual(['a.sqlite'])
  })
})

const check = () =>
  spawnSync(process.execPath, ['scripts/check-install.js'], { cwd: folder, encoding: 'utf8' })

describe('an installation', () => {
  it('that is missing is reported', () => {
    const { status, stderr } = check()
    expect([status, stderr]).toEqual([1, 'The packages are not installed. Run `npm ci` first.\n'])
  })

  it('without its install scripts is reported', () => {
    mkdirSync(join(folder, 'node_modules/wrangler'), { recursive: true })
    expect(check().status).toBe(0)
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--no-experimental-strip-types', 'scripts/check-install.js'],
      { cwd: folder, encoding: 'utf8' },
    )
    expect(status).toBe(1)
    expect(stderr).toMatch(/^This is Node .*npm ci --ignore-scripts=false`\.\n$/)
  })
})
