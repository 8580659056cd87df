import type { Fit } from '../../formats/labels.ts'
import type { LabelCounts } from '../../storage/record-kept-file.ts'

/** Counts labels while they are made. */
export function labelCounter() {
  const counts = { labels: 0, leftOut: 0, shrunk: 0, cut: 0 }
  return {
    counts: (): LabelCounts => ({ ...counts }),
    addLeftOut: (contacts: number): void => {
      counts.leftOut += contacts
    },
    addLabel: ({ isShrunk, isCut }: Fit): void => {
      counts.labels += 1
      if (isShrunk) counts.shrunk += 1
      if (isCut) counts.cut += 1
    },
  }
}
