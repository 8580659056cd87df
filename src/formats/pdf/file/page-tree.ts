import type { ObjectNumber, PdfWriter } from './pdf-writer.ts'

/** The pages of a node of the tree, which is written when it has them all. */
const PAGES_OF_NODE = 250

/** Writes pages one by one (ISO 32000-1, 7.7.3). A page is in a node, and all nodes in the root. */
export function pageTree(pdf: PdfWriter) {
  const root = pdf.reserve()
  const nodes: ObjectNumber[] = []
  let pages: ObjectNumber[] = []
  let count = 0

  const endNode = (): Uint8Array[] => {
    const node = nodes.at(-1)
    if (node === undefined || pages.length === 0) return []
    const kids = pages.map((page) => `${page} 0 R`).join(' ')
    const length = pages.length
    pages = []
    return [pdf.object(node, `<</Type/Pages/Parent ${root} 0 R/Count ${length}/Kids[${kids}]>>`)]
  }

  return {
    root,
    /** How many pages there are. */
    count: (): number => count,

    add(content: Uint8Array): Uint8Array[] {
      if (pages.length === 0) nodes.push(pdf.reserve())
      const [page, stream] = [pdf.reserve(), pdf.reserve()]
      pages.push(page)
      count += 1
      const parent = nodes.at(-1) ?? root
      return [
        pdf.stream(stream, '', content),
        pdf.object(page, `<</Type/Page/Parent ${parent} 0 R/Contents ${stream} 0 R>>`),
        ...(pages.length === PAGES_OF_NODE ? endNode() : []),
      ]
    },

    /** @param attributes that all pages have */
    end(attributes: string): Uint8Array[] {
      const last = endNode()
      const kids = nodes.map((node) => `${node} 0 R`).join(' ')
      return [
        ...last,
        pdf.object(root, `<</Type/Pages/Count ${count}/Kids[${kids}]${attributes}>>`),
      ]
    },
  }
}
