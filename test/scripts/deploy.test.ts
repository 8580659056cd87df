import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

/**
 * Stands for wrangler: it notes its command, and what the file of secrets held while it was there.
 */
const WRANGLER = `#!${process.execPath}
const { appendFileSync, readFileSync } = require('node:fs')
const command = process.argv.slice(2)
const told = command.map((word, index) =>
  command[index - 1] === '--secrets-file' ? readFileSync(word, 'utf8') : word,
)
appendFileSync(process.env.NOTES, told.join(' ') + '\\n')
if (command[0] === 'secret') {
  process.stdout.write(process.env.SECRETS)
  process.exit(process.env.SECRETS.startsWith('[') ? 0 : 1)
}
`

const NO_WORKER = 'Worker "contact-exports" (env: production) not found.'
const OTHER_SECRETS = '[{"name":"JWT_SECRET_PREVIOUS"}]'
const SECRET = 'a secret of at least so many letters'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deploy-test-'))
  writeFileSync(join(folder, 'wrangler'), WRANGLER)
  chmodSync(join(folder, 'wrangler'), 0o755)
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

/**
 * Runs the script where there are these secrets. @returns what it said, and what it had wrangler do
 */
function deploy(secrets: string, environment: Record<string, string> = {}, ...words: string[]) {
  writeFileSync(join(folder, 'notes'), '')
  const { status, stderr } = spawnSync(process.execPath, ['scripts/deploy.ts', ...words], {
    cwd: join(import.meta.dirname, '../..'),
    encoding: 'utf8',
    env: {
      PATH: [folder, process.env['PATH']].join(delimiter),
      NOTES: join(folder, 'notes'),
      SECRETS: secrets,
      ...environment,
    },
  })
  const [asked, ...commands] = readFileSync(join(folder, 'notes'), 'utf8').trim().split('\n')
  return { status, stderr, asked, commands }
}

const MIGRATE = 'd1 migrations apply DB --remote --env production'
const DEPLOY = 'deploy --env production'
const DEPLOY_WITH_SECRET = `deploy --secrets-file {"JWT_SECRET":"${SECRET}"} --env production`

describe('a deployment', () => {
  it('changes the database, then the code', () => {
    const { status, asked, commands } = deploy('[{"name":"JWT_SECRET"}]')
    expect(status).toBe(0)
    expect(asked).toBe('secret list --format json --env production')
    expect(commands).toEqual([MIGRATE, DEPLOY])
  })

  it('makes a Worker with its secret before there is a database to change', () => {
    const { status, commands } = deploy(NO_WORKER, { JWT_SECRET: SECRET })
    expect(status).toBe(0)
    expect(commands).toEqual([DEPLOY_WITH_SECRET, MIGRATE])
  })

  it('gives a Worker the secret that it lacks', () => {
    const { commands } = deploy(OTHER_SECRETS, { JWT_SECRET: SECRET })
    expect(commands).toEqual([MIGRATE, DEPLOY_WITH_SECRET])
  })

  it('leaves a secret that is there as it is', () => {
    const { commands } = deploy('[{"name":"JWT_SECRET"}]', { JWT_SECRET: SECRET })
    expect(commands).toEqual([MIGRATE, DEPLOY])
  })

  it.each([
    ['without a secret', {}, 'JWT_SECRET is not set'],
    ['with blanks for one', { JWT_SECRET: ' '.repeat(40) }, 'JWT_SECRET is not set'],
    ['with a short one', { JWT_SECRET: 'secret' }, 'JWT_SECRET is shorter than 32 bytes'],
    ['with a padded one', { JWT_SECRET: 'secret'.padEnd(40) }, 'JWT_SECRET is shorter than 32'],
  ])('stops %s, and says what to do', (_, environment, reason) => {
    for (const secrets of [NO_WORKER, OTHER_SECRETS]) {
      const { status, stderr, commands } = deploy(secrets, environment)
      expect(status).toBe(1)
      expect(stderr).toContain(reason)
      expect(stderr).toContain('JWT_SECRET=$(openssl rand -hex 32) npm run deploy')
      expect(stderr).not.toContain("'secret")
      expect(commands).toEqual([])
    }
  })

  it('stops at a short secret, though the Worker has one', () => {
    const { status, commands } = deploy('[{"name":"JWT_SECRET"}]', { JWT_SECRET: 'secret' })
    expect([status, commands]).toEqual([1, []])
  })

  it('gives the secret without the blanks around it', () => {
    const { commands } = deploy(NO_WORKER, { JWT_SECRET: ` ${SECRET}\n` })
    expect(commands).toEqual([DEPLOY_WITH_SECRET, MIGRATE])
  })

  it('counts bytes, not letters', () => {
    expect(deploy(NO_WORKER, { JWT_SECRET: 'ä'.repeat(16) }).status).toBe(0)
  })

  it('stops when wrangler cannot be asked', () => {
    const { status, stderr } = deploy('You are not authenticated.')
    expect(status).toBe(1)
    expect(stderr).toContain('You are not authenticated.')
  })

  it('goes to the environment that is named, of those there are', () => {
    const { commands } = deploy('[{"name":"JWT_SECRET"}]', {}, 'staging')
    expect(commands.every((command) => command.endsWith('--env staging'))).toBe(true)
    const { status, stderr } = deploy('[]', {}, 'elsewhere')
    expect(status).toBe(1)
    expect(stderr).toContain('Use production or staging')
  })
})
