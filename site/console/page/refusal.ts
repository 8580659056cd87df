import { text } from '../texts/texts.ts'

/** Something that the service did not do: what happened and what to do about it, for people. */
export class Refusal extends Error {
  /** The status of the response, where there was one. */
  readonly status: number | undefined

  constructor(message: string, status?: number) {
    super(message)
    this.status = status
  }

  /** @param document the body of the response; it need not be an error document of the service */
  static of(status: number, document: unknown): Refusal {
    const told = detailsOf(document).join(' ')
    return new Refusal(told === '' ? defaultMessage(status) : withAdvice(status, told), status)
  }
}

/** What to tell a person of any error. */
export function messageOf(error: unknown): string {
  if (error instanceof Refusal) return error.message
  return text(error instanceof TypeError ? 'fault.unreachable' : 'fault.page')
}

function detailsOf(document: unknown): string[] {
  const { errors } = Object(document)
  if (!Array.isArray(errors)) return []
  return errors.map((error) => String(Object(error).detail ?? '')).filter((told) => told !== '')
}

const withAdvice = (status: number, told: string): string =>
  status >= 500 && !/try again/i.test(told) ? text('fault.later', { told }) : told

function defaultMessage(status: number): string {
  switch (status) {
    case 413:
    case 414:
    case 431:
      return text('fault.tooLong')
    case 404:
      return text('fault.gone')
    default:
      return text('fault.status', { status: String(status) })
  }
}
