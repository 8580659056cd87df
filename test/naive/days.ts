import type { Span } from './values.ts'

const DAY = 86_400_000

export const inTimes = (time: string, { from, to }: Span): boolean =>
  Date.parse(time) >= from && Date.parse(time) < to

/** The range touches the day. */
export const inDays = (day: string | null, { from, to }: Span): boolean =>
  day !== null && from < to && Date.parse(day) + DAY > from && Date.parse(day) < to

export const dayText = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** The last day that a range touches; none where it is open. */
export const lastDayOf = ({ to }: Span): string | undefined =>
  to === Infinity ? undefined : dayText(to - 1000)

/** So many months away, stepping back to the month's last day where it is shorter. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 0, dayOfMonth = 0] = day.split('-').map(Number)
  for (let wanted = dayOfMonth; ; wanted -= 1) {
    const date = new Date(Date.UTC(year, month - 1 + months, wanted))
    const target = new Date(Date.UTC(year, month - 1 + months, 1))
    if (date.getUTCMonth() === target.getUTCMonth()) return dayText(date.getTime())
  }
}

/** The calendar months that a range touches, `2022-01`. */
export function monthsBetween({ from, to }: Span): string[] {
  const months: string[] = []
  for (let at = from; at < to; at += DAY) months.push(dayText(at).slice(0, 7))
  if (to > from) months.push(dayText(to - 1000).slice(0, 7))
  return [...new Set(months)]
}
