import { describe, expect, it } from 'vitest'
import { app } from '../../src/app.ts'
import { consoleRoutes } from '../../src/console/console-routes.ts'
import { keyDescriptions } from '../../src/contacts/filter/keys/keys.ts'
import { filterKeyNames, filterModifiers } from '../../src/contacts/filter/keys/keys.ts'
import { readFilter } from '../../src/contacts/filter/read-filter.ts'
import { exposedHeaders } from '../../src/http/cross-origin.ts'
import { description, faultsOf, resolved } from './schemas.ts'

const operations = Object.entries(description.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
)

/** The paths of a route of Hono, as OpenAPI writes them: one for each extension that it takes. */
function pathsOf(route: string): string[] {
  const [, start = '', extensions = ''] = /^(.*)\/:file\{.*\(\?:([\w|]+)\)\}$/.exec(route) ?? []
  if (extensions !== '') {
    return extensions.split('|').map((extension) => `${start}/{id}.${extension}`)
  }
  return [route.replaceAll(/:(\w+)/g, '{$1}')]
}

describe('the description', () => {
  it('has every route of the API, the document itself, and no other', () => {
    const pages = new Set(consoleRoutes.routes.map(({ path }) => path))
    const routes = app.routes
      .filter(({ method, path }) => method !== 'ALL' && !pages.has(path))
      .flatMap(({ method, path }) => pathsOf(path).map((one) => `${method} ${one}`))
    const described = operations
      .filter(({ method }) => method !== 'head')
      .map(({ method, path }) => `${method.toUpperCase()} ${path}`)
    const expected = new Set(['GET /openapi.json', ...routes])
    expect(described.toSorted()).toEqual([...expected].toSorted())
  })

  it('tells of every header that pages of other origins may read', () => {
    expect(Object.keys(description.components.headers)).toEqual(
      expect.arrayContaining([...exposedHeaders].filter((name) => isOptional(name))),
    )
    const told = operations.flatMap(({ operation }) =>
      Object.values(operation.responses).flatMap((answer) =>
        Object.keys(resolved(answer).headers ?? {}),
      ),
    )
    expect(told).toEqual(expect.arrayContaining([...exposedHeaders]))
  })

  it('gives examples that are as its schemas say', () => {
    const contents = operations.flatMap(({ operation }) => [
      operation.requestBody?.content ?? {},
      ...Object.values(operation.responses).map((answer) => resolved(answer).content ?? {}),
    ])
    const examples = contents.flatMap((content) =>
      Object.values(content).filter(({ example }) => example !== undefined),
    )
    expect(examples.length).toBeGreaterThan(20)
    for (const { schema, example } of examples) expect(faultsOf(schema, example)).toEqual([])
    const parameters = operations
      .flatMap(({ operation }) => operation.parameters ?? [])
      .map((parameter) => resolved(parameter))
      .filter(({ example }) => example !== undefined)
    for (const { schema, example } of parameters) expect(faultsOf(schema, example)).toEqual([])
  })

  it('says whom to ask, and what may be done with it', () => {
    expect(description.info.contact.name).not.toBe('')
    expect(description.info.license.name).toBe('All rights reserved')
  })

  it('has no enumeration of values of several types', () => {
    const enumerations = enumerationsOf(description)
    expect(enumerations.length).toBeGreaterThan(10)
    for (const values of enumerations) {
      expect(new Set(values.map((value) => typeof value)).size).toBe(1)
    }
    expect(description.components.schemas).toMatchObject({
      Flag: { oneOf: [{ type: 'boolean' }, { type: 'string', enum: ['true', 'false'] }] },
    })
  })
})

/** The values of every `enum`, wherever it stands. */
const enumerationsOf = (part: unknown): readonly unknown[][] =>
  typeof part !== 'object' || part === null
    ? []
    : Object.entries(part).flatMap(([keyword, value]) =>
        keyword === 'enum' && Array.isArray(value) ? [value] : enumerationsOf(value),
      )

/** Those that only some answers of an operation have. */
const isOptional = (name: string): boolean => name === 'Repr-Digest' || name === 'Link'

describe('the keys of the filter', () => {
  const { properties } = description.components.schemas.Filter
  const schemas = new Map(Object.entries(Object(properties)))

  it('are all there, in their order', () => {
    const names = [...filterModifiers.keys(), ...filterKeyNames]
    expect(Object.keys(keyDescriptions)).toEqual(names)
    const reversed = filterKeyNames.map((name) => `reverse_${name}`)
    expect([...schemas.keys()]).toEqual([...names, ...reversed])
  })

  it.each(Object.entries(keyDescriptions))('%s takes its example', (name, { example }) => {
    expect(readFilter({ [name]: example }, '2026-11-24')).toHaveProperty('filter')
    expect(faultsOf(Object(schemas.get(name)), example)).toEqual([])
  })

  it.each(Object.keys(keyDescriptions))(
    '%s takes every word that the description names',
    (name) => {
      const words = wordsOf(resolved(Object(schemas.get(name))))
      for (const word of words) {
        expect(readFilter({ [name]: word }, '2026-11-24')).toHaveProperty('filter')
      }
    },
  )

  it.each([
    ['newsletter', 'nobody'],
    ['status_valid', 'maybe'],
    ['donation', 'first,second'],
    ['donation', ['second']],
    ['updated_at', 'yesterday'],
    ['updated_at', { from: '2022-01-01' }],
    ['donation_amount_range', { min: 'much' }],
    ['pledge_late_by', 'long'],
    ['contact_info_email', 'perhaps'],
    ['tags', { a: 'b' }],
    ['name_like', 'x'.repeat(201)],
  ])('%s takes %j neither here nor there', (name, value) => {
    expect(readFilter({ [name]: value }, '2026-11-24')).toHaveProperty('problems')
    expect(faultsOf(Object(schemas.get(name)), value)).not.toEqual([])
  })
})

/** The words of an enumeration, wherever it stands in a schema. */
const wordsOf = (schema: unknown): unknown[] =>
  typeof schema !== 'object' || schema === null
    ? []
    : Object.entries(schema).flatMap(([keyword, value]) =>
        keyword === 'enum' ? Object.values(value) : wordsOf(value),
      )
