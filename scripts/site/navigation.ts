import { guides } from './guides.ts'

const pages = [
  { path: '/', title: 'Console' },
  { path: '/docs', title: 'Reference' },
  ...guides.map(({ name, title }) => ({ path: `/docs/${name}`, title })),
  { path: '/openapi.json', title: 'openapi.json' },
]

/**
 * The links between the pages of the documentation, as HTML.
 *
 * @param current the path of the page that has them
 */
export const navigation = (current: string): string =>
  pages
    .map(({ path, title }) => {
      const mark = path === current ? ' aria-current="page"' : ''
      return `<a href="${path}"${mark}>${title}</a>`
    })
    .join('\n      ')
