/**
 * Days and times in UTC, in the forms in which the database stores them: `2022-01-12` and
 * `2022-01-12T17:18:07Z`.
 */

/** December 9999, counted from the year 0. */
const LAST_MONTH = 9999 * 12 + 11

/** Adds days, which may be negative. The result stays within the years of four digits. */
export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  const year = date.getUTCFullYear()
  if (Number.isNaN(year)) return days < 0 ? '0000-01-01' : '9999-12-31'
  if (year < 0) return '0000-01-01'
  return year > 9999 ? '9999-12-31' : date.toISOString().slice(0, 10)
}

/** Adds months, which may be negative. In a month with fewer days the result is its last day. */
export function addMonths(day: string, months: number): string {
  const dayOfMonth = Number(day.slice(8))
  const first = monthStart(day, months)
  const last = addDays(monthStart(first, 1), -1)
  return dayOfMonth > Number(last.slice(8)) ? last : addDays(first, dayOfMonth - 1)
}

/** The first day of the month, after adding months. */
export function monthStart(day: string, months = 0): string {
  const count = Math.min(Math.max(monthNumber(day) + months, 0), LAST_MONTH)
  const year = Math.floor(count / 12)
  return `${String(year).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}-01`
}

/** Months counted from the year 0. */
export const monthNumber = (day: string): number =>
  Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1

/** The time of a number of seconds since 1970. */
export const secondOf = (seconds: number): string =>
  `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`

/** The day of a time. */
export const dayOf = (time: string | undefined): string | undefined => time?.slice(0, 10)
