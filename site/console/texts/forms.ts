import { locale } from './texts.ts'

/** How numbers, times and lists are written in the language of the page. */

const whole = new Intl.NumberFormat(locale)
const list = new Intl.ListFormat(locale, { type: 'conjunction' })
const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' })
const dayOfYear = new Intl.DateTimeFormat(locale, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
})
const clock = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' })
const whenUtc = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })

export const numberForm = (number: number): string => whole.format(number)

/** `a, b and c` */
export const listForm = (items: readonly string[]): string => list.format(items)

/** `26 Nov, 14:05`, with the year where it is another than this one. */
export function momentForm(time: string): string {
  const at = new Date(time)
  if (Number.isNaN(at.getTime())) return time
  const isThisYear = at.getFullYear() === new Date().getFullYear()
  return `${(isThisYear ? day : dayOfYear).format(at)}, ${clock.format(at)}`
}

/** A day of UTC, `2026-11-26`, as people write it. */
export function dayForm(text: string): string {
  const at = new Date(`${text}T00:00:00Z`)
  return Number.isNaN(at.getTime()) ? text : whenUtc.format(at)
}

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** `380 kB` */
export function sizeForm(bytes: number): string {
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), BYTE_UNITS.length - 1)
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: BYTE_UNITS[power] ?? 'byte',
    maximumFractionDigits: power > 1 ? 1 : 0,
  }).format(bytes / 1000 ** power)
}

const MINUTE_SECONDS = 60

/** `40 seconds`, `3 minutes` */
export function durationForm(seconds: number): string {
  const isLong = seconds > 1.5 * MINUTE_SECONDS
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: isLong ? 'minute' : 'second',
    unitDisplay: 'long',
    maximumFractionDigits: 0,
  }).format(isLong ? seconds / MINUTE_SECONDS : Math.max(1, seconds))
}
