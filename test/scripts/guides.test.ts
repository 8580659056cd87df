import { describe, expect, it } from 'vitest'
import { licensesOf, packagesOf } from '../../scripts/site/licenses.ts'
import { addressOf, renderGuide } from '../../scripts/site/render-guide.ts'
import { slugOf } from '../../scripts/site/slug.ts'

const guide = { source: 'docs/calling.md', name: 'calling', title: 'Calling the API' }
const template = '<title><!-- title --></title><nav><!-- navigation --></nav><!-- content -->'

describe('a guide of the site', () => {
  it.each([
    ['filter.md', '/docs/filter'],
    ['filter.md#keys', '/docs/filter#keys'],
    ['#errors', '#errors'],
    ['https://example.org/a', 'https://example.org/a'],
    ['../CHANGELOG.md', '/docs/changelog'],
    ['../README.md', undefined],
  ])('leads from %s to %s', (href, address) => {
    expect(addressOf(href, guide.source)).toBe(address)
  })

  it.each([
    ['Rooms', 'rooms'],
    ["Limits of Cloudflare's plans", 'limits-of-cloudflares-plans'],
    ['Excel (Power Query)', 'excel-power-query'],
    ['Straße & Ort', 'straße--ort'],
  ])('gives the heading "%s" the anchor %s', (heading, anchor) => {
    expect(slugOf(heading)).toBe(anchor)
  })

  it('has its title, its place in the navigation and its content', () => {
    const page = renderGuide(guide, '# A & B\n\n[keys](filter.md)\n', template)
    expect(page).toContain('<title>Calling the API</title>')
    expect(page).toContain('<a href="/docs/calling" aria-current="page">Calling the API</a>')
    expect(page).toContain('<h1 id="a--b">A &amp; B</h1>')
    expect(page).toContain('<a href="/docs/filter">keys</a>')
  })

  it('shows code as it is', () => {
    const page = renderGuide(guide, "```js\nlet a = '$&' < 1 && `$'`\n```\n", template)
    expect(page).toContain("let a = '$&amp;' &lt; 1 &amp;&amp; `$'`")
  })
})

describe('the licences of the site', () => {
  it('are those of the packages in a bundle', () => {
    const files = [
      'site/docs.ts',
      'node_modules/openapi-fetch/dist/index.mjs',
      'node_modules/@a/b/c.js',
    ]
    expect([...packagesOf(files)]).toEqual(['openapi-fetch', '@a/b'])
  })

  it('contain the texts of licence and notice', () => {
    const files = licensesOf('swagger-ui-dist')
    expect(files.map(([file]) => file)).toEqual([
      'licenses/swagger-ui-dist-LICENSE.txt',
      'licenses/swagger-ui-dist-NOTICE.txt',
    ])
    expect(files[0]?.[1].toString()).toContain('Apache License')
  })

  it('must not be missing', () => {
    expect(() => licensesOf('.bin')).toThrow('.bin has no file with its licence.')
  })
})
