import { getTableColumns, getTableName, is, SQL } from 'drizzle-orm'
import { getTableConfig, type SQLiteColumn, type SQLiteTable } from 'drizzle-orm/sqlite-core'
import {
  accountLists,
  addresses,
  appeals,
  contacts,
  designationAccounts,
  donationAmountRecommendations,
  donations,
  donorAccounts,
  emailAddresses,
  partnerStatusLogs,
  people,
  personFacebookAccounts,
  phoneNumbers,
  tasks,
} from '../../db/schema/index.ts'

export type ColumnKind = 'text' | 'reference' | 'flag' | 'number' | 'date' | 'time'

export type WritableColumn = {
  readonly name: string
  readonly kind: ColumnKind
  readonly isNullable: boolean
  /** What a new row holds where a line does not give the column. `now` is the time of the insert. */
  readonly initial: number | 'now' | null
  /** A new row needs the column. */
  readonly isRequired: boolean
  /** The table whose row the value names. */
  readonly references: string | undefined
}

/** A table whose rows have ids. */
export type RowTable = {
  readonly name: string
  /** One of its rows, in an error. */
  readonly title: string
  /** All columns except the id. */
  readonly columns: readonly WritableColumn[]
  readonly positions: ReadonlyMap<string, number>
  /**
   * The SQL condition that the row `t` may be written by a token that is limited to the account
   * lists of the table expression `lists`. An account list owns contacts, tasks and appeals; all
   * else hangs on these. Rows that hang on several account lists may be written by each of them,
   * and those that hang on none by every token.
   */
  readonly isWritable: string
  /** The same for removing the row, where rows of other account lists would go with it. */
  readonly isRemovable: string
}

/** The SQL condition that the row `t` is of an account list of `lists`. */
export const IN_LIST = 't.account_list_id in lists'

const throughContact = `exists (select 1 from contacts as c
  where c.id = t.contact_id and c.account_list_id in lists)`

/** The join begins with the row, and not with all contacts of an account list. */
const throughJoin = (join: string, inLists: string): string =>
  `(not exists (select 1 from ${join}) or exists (select 1 from ${join} and ${inLists}))`

const inNoOther = (join: string, inLists: string): string =>
  `not exists (select 1 from ${join} and not (${inLists}))`

const contactsOfPerson = (person: string): string =>
  `contact_people as j cross join contacts as c on c.id = j.contact_id where j.person_id = ${person}`

const contactsOfDonor = (donor: string): string =>
  `contact_donor_accounts as j cross join contacts as c on c.id = j.contact_id
  where j.donor_account_id = ${donor}`

const LISTS_OF_DESIGNATION =
  'account_list_designation_accounts as j where j.designation_account_id = t.id'

const throughPerson = throughJoin(contactsOfPerson('t.person_id'), 'c.account_list_id in lists')
const throughDonor = throughJoin(
  contactsOfDonor('t.donor_account_id'),
  'c.account_list_id in lists',
)

/** The tables that lines write, parents first. */
export const ROW_TABLES: readonly RowTable[] = [
  rowTable(accountLists, 'account list', 't.id in lists'),
  rowTable(
    designationAccounts,
    'designation account',
    throughJoin(LISTS_OF_DESIGNATION, 'j.account_list_id in lists'),
    inNoOther(LISTS_OF_DESIGNATION, 'j.account_list_id in lists'),
  ),
  rowTable(
    donorAccounts,
    'donor account',
    throughJoin(contactsOfDonor('t.id'), 'c.account_list_id in lists'),
    inNoOther(contactsOfDonor('t.id'), 'c.account_list_id in lists'),
  ),
  rowTable(contacts, 'contact', IN_LIST),
  rowTable(people, 'person', throughJoin(contactsOfPerson('t.id'), 'c.account_list_id in lists')),
  rowTable(emailAddresses, 'e-mail address', throughPerson),
  rowTable(phoneNumbers, 'phone number', throughPerson),
  rowTable(personFacebookAccounts, 'Facebook account', throughPerson),
  rowTable(addresses, 'address', throughContact),
  rowTable(partnerStatusLogs, 'partner status log', throughContact),
  rowTable(appeals, 'appeal', IN_LIST),
  rowTable(tasks, 'task', IN_LIST),
  rowTable(donations, 'donation', throughDonor),
  rowTable(donationAmountRecommendations, 'recommendation', throughDonor),
]

const BY_NAME: ReadonlyMap<string, RowTable> = new Map(
  ROW_TABLES.map((entry) => [entry.name, entry]),
)

/** What a new row holds in a column that no line gives. */
export const initialValue = ({ initial }: WritableColumn, now: string): string | number | null =>
  initial === 'now' ? now : initial

/** @throws if no line writes the table */
export function rowTableOf(name: string): RowTable {
  const found = BY_NAME.get(name)
  if (!found) throw new Error(`${name} is not in the list of tables that lines write.`)
  return found
}

function rowTable(
  table: SQLiteTable,
  title: string,
  isWritable: string,
  isRemovable = isWritable,
): RowTable {
  const columns = columnsOf(table)
  const positions = new Map(columns.map(({ name }, position) => [name, position]))
  return { name: getTableName(table), title, columns, positions, isWritable, isRemovable }
}

/** All columns except the id, as the schema of the database describes them. */
function columnsOf(table: SQLiteTable): WritableColumn[] {
  const { checks, foreignKeys } = getTableConfig(table)
  const checkNames = new Set(checks.map(({ name }) => name))
  const references = new Map<string, string>()
  for (const key of foreignKeys) {
    const { columns, foreignTable } = key.reference()
    for (const { name } of columns) references.set(name, getTableName(foreignTable))
  }
  return Object.values(getTableColumns(table))
    .filter(({ name }) => name !== 'id')
    .map((column) => ({
      name: column.name,
      kind: kindOf(column, checkNames, references),
      isNullable: !column.notNull,
      initial: initialOf(column),
      isRequired: column.notNull && !column.hasDefault,
      references: references.get(column.name),
    }))
}

function kindOf(
  { name, columnType }: SQLiteColumn,
  checks: ReadonlySet<string>,
  references: ReadonlyMap<string, string>,
): ColumnKind {
  if (references.has(name)) return 'reference'
  if (checks.has(`${name}_is_a_date`)) return 'date'
  if (checks.has(`${name}_is_a_time`)) return 'time'
  if (columnType === 'SQLiteBoolean') return 'flag'
  if (columnType === 'SQLiteReal') return 'number'
  if (columnType === 'SQLiteText') return 'text'
  throw new Error(`Lines cannot write ${name}: no kind of value is a ${columnType}.`)
}

function initialOf(column: SQLiteColumn): number | 'now' | null {
  if (is(column.default, SQL)) return 'now'
  if (typeof column.default === 'boolean') return column.default ? 1 : 0
  if (column.hasDefault) throw new Error(`Lines do not know the default of ${column.name}.`)
  return null
}
