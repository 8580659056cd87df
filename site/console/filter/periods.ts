import { textOf } from '../text-of.ts'
/** Both days are in, as `2026-11-26`; an empty one leaves that end open. */
export type Days = { readonly from: string; readonly to: string }

/** The usual periods, by their last day today or earlier. */
export const periodNames = [
  'today',
  'last7',
  'last30',
  'last90',
  'thisMonth',
  'lastMonth',
  'thisYear',
  'lastYear',
] as const

export type PeriodName = (typeof periodNames)[number]

/** The days of a period. Days are those of UTC, as everywhere in the service. */
export function daysOfPeriod(name: PeriodName, now: Date): Days {
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()]
  const today = Date.UTC(year, month, day)
  switch (name) {
    case 'today':
      return between(today, today)
    case 'last7':
      return between(Date.UTC(year, month, day - 6), today)
    case 'last30':
      return between(Date.UTC(year, month, day - 29), today)
    case 'last90':
      return between(Date.UTC(year, month, day - 89), today)
    case 'thisMonth':
      return between(Date.UTC(year, month, 1), Date.UTC(year, month + 1, 0))
    case 'lastMonth':
      return between(Date.UTC(year, month - 1, 1), Date.UTC(year, month, 0))
    case 'thisYear':
      return between(Date.UTC(year, 0, 1), Date.UTC(year, 11, 31))
    case 'lastYear':
      return between(Date.UTC(year - 1, 0, 1), Date.UTC(year - 1, 11, 31))
    default:
      return name satisfies never
  }
}

const between = (from: number, to: number): Days => ({ from: dayOf(from), to: dayOf(to) })

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10)

const DAY_MILLISECONDS = 86_400_000

/** The days of a range in a filter, in any of the forms that the API takes. */
export function daysOfRange(value: unknown): Days {
  if (typeof value !== 'string') {
    const { start, end, min, max } = Object(value)
    return { from: dayIn(start ?? min), to: dayIn(end ?? max) }
  }
  const [, from = '', dots, to = ''] = /^(.*?)(\.{2,3}(?!\d*Z))(.*)$/.exec(value.trim()) ?? []
  if (dots === undefined) return { from: dayIn(value), to: dayIn(value) }
  const last = dayIn(to)
  const isOut = dots.length === 3 && last !== ''
  return { from: dayIn(from), to: isOut ? dayOf(Date.parse(last) - DAY_MILLISECONDS) : last }
}

const dayIn = (value: unknown): string => /^\d{4}-\d{2}-\d{2}/.exec(textOf(value))?.[0] ?? ''
