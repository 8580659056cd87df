const whole = new Intl.NumberFormat('en')
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

/** `1,204 contacts` */
export const counted = (number: number, one: string, several: string): string =>
  `${whole.format(number)} ${number === 1 ? one : several}`

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** `380 kB` */
export function size(bytes: number): string {
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), BYTE_UNITS.length - 1)
  return new Intl.NumberFormat('en', {
    style: 'unit',
    unit: BYTE_UNITS[power] ?? 'byte',
    maximumFractionDigits: power > 1 ? 1 : 0,
  }).format(bytes / 1000 ** power)
}

const AGES = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const

/** `3 hours ago` */
export function age(time: string, now = Date.now()): string {
  const seconds = (now - Date.parse(time)) / 1000
  const [unit, length] = AGES.find(([, least]) => seconds >= least) ?? []
  return unit && length ? relative.format(-Math.floor(seconds / length), unit) : 'just now'
}
