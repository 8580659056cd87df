import type { FilterValues } from '../form-state.ts'
import type { AccountLists } from '../filter/account-lists.ts'
import { itemsOf } from '../filter/filter-items.ts'

/** So many letters of what is in a file fit into its name. */
const LONGEST = 60

/**
 * The name of a file for people, without its extension: `contacts smith-office 2026-11-26 1405`.
 *
 * @param title what the user calls the export, if anything
 */
export function fileName(
  what: 'contacts' | 'labels',
  { filter, title }: { readonly filter: FilterValues; readonly title?: string | undefined },
  lists: AccountLists,
  at = new Date(),
): string {
  const chosen = itemsOf(filter['account_list_id']).flatMap((id) => lists.name(id) ?? [])
  const all = lists.all()
  const names = chosen.length === 0 && all.length === 1 ? all.map(nameOf) : chosen
  const about = slug(title ?? names.join(' '))
  return [what, about, timeOf(at)].filter((part) => part !== '').join(' ')
}

const nameOf = ({ name }: { readonly name: string | null }): string => name ?? ''

/** Letters of every script are kept: what file systems refuse, and blanks, become hyphens. */
const slug = (name: string): string =>
  name
    .toLocaleLowerCase()
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, '')

/** The time of this machine, which is what people remember. */
function timeOf(at: Date): string {
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-')
  return `${day} ${two(at.getHours())}${two(at.getMinutes())}`
}

const two = (number: number): string => String(number).padStart(2, '0')
