const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const month = `(?<month>${MONTHS.join('|')})`
const time = String.raw`(?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d)`

/** `Sun, 06 Nov 1994 08:49:37 GMT`, and the two obsolete formats that a server must accept. */
const FORMS = [
  new RegExp(String.raw`^[A-Z][a-z]{2}, (?<day>\d\d) ${month} (?<year>\d{4}) ${time} GMT$`),
  new RegExp(String.raw`^[A-Z][a-z]{5,8}, (?<day>\d\d)-${month}-(?<year>\d\d) ${time} GMT$`),
  new RegExp(String.raw`^[A-Z][a-z]{2} ${month} (?<day>[ \d]\d) ${time} (?<year>\d{4})$`),
]

/**
 * A date of an HTTP header (RFC 9110, 5.6.7), in milliseconds since 1970; `undefined` if invalid.
 */
export function readHttpDate(text: string): number | undefined {
  const parts = FORMS.map((form) => form.exec(text)?.groups).find(Boolean)
  if (!parts) return undefined
  const monthIndex = MONTHS.indexOf(parts['month'] ?? '')
  const day = Number(parts['day'])
  const date = new Date(0)
  date.setUTCFullYear(fullYear(parts['year'] ?? ''), monthIndex, day)
  const isDay = date.getUTCMonth() === monthIndex && date.getUTCDate() === day
  const [hour, minute, second] = [parts['hour'], parts['minute'], parts['second']].map(Number)
  if (!isDay || hour === undefined || minute === undefined || second === undefined) return undefined
  if (hour > 23 || minute > 59 || second > 60) return undefined
  return date.setUTCHours(hour, minute, second)
}

/** A year of two digits that appears more than 50 years ahead is in the past. */
function fullYear(digits: string): number {
  if (digits.length === 4) return Number(digits)
  const now = new Date().getUTCFullYear()
  const year = now - (now % 100) + Number(digits)
  return year > now + 50 ? year - 100 : year
}
