import { posix } from 'node:path'
import { Marked, type Tokens } from 'marked'
import { guides, type Guide } from './guides.ts'
import { navigation } from './navigation.ts'
import { slugOf } from './slug.ts'

/**
 * A guide as an HTML page.
 *
 * @param template HTML with the comments `title`, `navigation` and `content` in their places
 */
export function renderGuide(guide: Guide, markdown: string, template: string): string {
  const content = parserFor(guide).parse(markdown, { async: false })
  return template
    .replace('<!-- title -->', () => guide.title)
    .replace('<!-- navigation -->', () => navigation(`/docs/${guide.name}`))
    .replace('<!-- content -->', () => content)
}

function parserFor({ source }: Guide): Marked {
  const parser = new Marked()
  parser.use({
    renderer: {
      heading({ tokens, depth, text }: Tokens.Heading) {
        const inner = this.parser.parseInline(tokens)
        return `<h${depth} id="${slugOf(text)}">${inner}</h${depth}>\n`
      },
      link({ href, tokens }: Tokens.Link) {
        const inner = this.parser.parseInline(tokens)
        const address = addressOf(href, source)
        return address === undefined ? inner : `<a href="${address}">${inner}</a>`
      },
      // A wide table scrolls separately on a narrow screen, by the keyboard too.
      code({ text }: Tokens.Code) {
        return `<pre tabindex="0"><code>${escaped(text)}</code></pre>\n`
      },
    },
    hooks: {
      postprocess: (html) =>
        html
          .replaceAll(
            '<table>',
            '<div class="scroll" role="group" aria-label="Table" tabindex="0"><table>',
          )
          .replaceAll('</table>', '</table></div>'),
    },
  })
  return parser
}

/** Where a link of a Markdown file leads on the site; `undefined` for a file that is not on it. */
export function addressOf(href: string, source: string): string | undefined {
  if (/^(?:[a-z]+:|#|\/)/.test(href)) return href
  const [path = '', anchor] = href.split('#')
  const target = posix.join(posix.dirname(source), path)
  const name = guides.find((guide) => guide.source === target)?.name
  if (name === undefined) return undefined
  return `/docs/${name}${anchor === undefined ? '' : `#${anchor}`}`
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
