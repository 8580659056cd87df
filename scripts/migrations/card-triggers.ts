/**
 * A table that feeds the cards of contacts, and the path from one of its rows to the contacts.
 *
 * `owner` is the column with which the path begins. `columns` are the others that a card depends
 * on: an update of any other column leaves the card.
 */
type Source = {
  readonly table: string
  readonly owner: string
  readonly columns: readonly string[]
  readonly path: Path
  /** Whether a row is identified by its `id` alone, so that REPLACE may delete another owner's. */
  readonly hasOwnId: boolean
}

/** From an owner to its contacts: it is one, or the rows of a table link it to several. */
type Path = 'is the contact' | { readonly table: string; readonly owner: string }

const ofPerson: Path = { table: 'contact_people', owner: 'person_id' }
const ofDonorAccount: Path = { table: 'contact_donor_accounts', owner: 'donor_account_id' }

/** All tables that feed cards, without `contacts`: its rows contain the keys of their cards. */
const sources: readonly Source[] = [
  {
    table: 'contact_tags',
    owner: 'contact_id',
    columns: ['name'],
    path: 'is the contact',
    hasOwnId: false,
  },
  {
    table: 'addresses',
    owner: 'contact_id',
    columns: [
      'id',
      'street',
      'city',
      'state',
      'country',
      'postal_code',
      'primary_mailing_address',
      'historic',
      'deleted',
      'created_at',
    ],
    path: 'is the contact',
    hasOwnId: true,
  },
  {
    table: 'contact_donor_accounts',
    owner: 'contact_id',
    columns: ['donor_account_id'],
    path: 'is the contact',
    hasOwnId: false,
  },
  { table: 'donor_accounts', owner: 'id', columns: ['name'], path: ofDonorAccount, hasOwnId: false },
  {
    table: 'contact_people',
    owner: 'contact_id',
    columns: ['id', 'person_id', 'is_primary', 'created_at'],
    path: 'is the contact',
    hasOwnId: true,
  },
  {
    table: 'people',
    owner: 'id',
    columns: ['first_name', 'last_name', 'gender', 'deceased', 'created_at'],
    path: ofPerson,
    hasOwnId: false,
  },
  {
    table: 'email_addresses',
    owner: 'person_id',
    columns: ['id', 'email', 'is_primary', 'historic', 'created_at'],
    path: ofPerson,
    hasOwnId: true,
  },
  {
    table: 'phone_numbers',
    owner: 'person_id',
    columns: ['id', 'number', 'is_primary', 'historic', 'created_at'],
    path: ofPerson,
    hasOwnId: true,
  },
]

const CONTACT_COLUMNS = [
  'id',
  'account_list_id',
  'name',
  'status',
  'greeting',
  'envelope_greeting',
  'is_organization',
  'send_newsletter',
  'pledge_amount',
  'pledge_currency',
  'pledge_frequency',
  'pledge_received',
]

/**
 * The statements that create the triggers which delete a contact's card when something that it
 * contains is written, whoever writes it. They use nothing newer than SQLite 3.40, which other
 * writers may have.
 *
 * REPLACE fires no DELETE trigger for the row that it deletes, so BEFORE triggers look for a row
 * with the new row's id. Where the owner is part of the key, the deleted row has the owner of the
 * new one. Cascades fire the DELETE triggers of the rows that they delete.
 */
export const cardTriggers = (): readonly string[] => [
  ...contactTriggers(),
  ...sources.flatMap(sourceTriggers),
]

function contactTriggers(): readonly string[] {
  const cardOf = (row: 'OLD' | 'NEW') =>
    deleteCards('=', `(${row}.\`account_list_id\`, ${row}.\`name\`, ${row}.\`id\`)`)
  const replaced = deleteCards(
    '=',
    keysOf(`\`id\` = NEW.\`id\`
		AND (\`account_list_id\`, \`name\`) <> (NEW.\`account_list_id\`, NEW.\`name\`)`),
  )
  return [
    trigger('contacts', 'BEFORE INSERT', [replaced]),
    trigger('contacts', 'AFTER INSERT', [cardOf('NEW')]),
    trigger('contacts', 'BEFORE UPDATE', [replaced], ['id']),
    trigger('contacts', 'AFTER UPDATE', [cardOf('OLD'), cardOf('NEW')], CONTACT_COLUMNS),
    trigger('contacts', 'AFTER DELETE', [cardOf('OLD')]),
  ]
}

function sourceTriggers({ table, owner, columns, path, hasOwnId }: Source): readonly string[] {
  const cardsOf = (row: 'OLD' | 'NEW') => cardsOfOwner(path, `${row}.\`${owner}\``)
  const replaced = cardsOfOwner(
    path,
    `(SELECT \`${owner}\` FROM \`${table}\`
			WHERE \`id\` = NEW.\`id\` AND \`${owner}\` <> NEW.\`${owner}\`)`,
  )
  const triggers = [
    trigger(table, 'AFTER INSERT', [cardsOf('NEW')]),
    trigger(table, 'AFTER UPDATE', [cardsOf('OLD'), cardsOf('NEW')], [owner, ...columns]),
    trigger(table, 'AFTER DELETE', [cardsOf('OLD')]),
  ]
  if (!hasOwnId) return triggers
  return [
    trigger(table, 'BEFORE INSERT', [replaced]),
    trigger(table, 'BEFORE UPDATE', [replaced], ['id']),
    ...triggers,
  ]
}

/** One contact is compared as a value, which takes half the time of a list of one. */
const cardsOfOwner = (path: Path, owner: string): string =>
  path === 'is the contact'
    ? deleteCards('=', keysOf(`\`id\` = ${owner}`))
    : deleteCards(
        'IN',
        keysOf(`\`id\` IN (
			SELECT \`contact_id\` FROM \`${path.table}\` WHERE \`${path.owner}\` = ${owner})`),
      )

/** The keys of the cards of contacts that satisfy a condition. */
const keysOf = (condition: string): string => `(
		SELECT \`account_list_id\`, \`name\`, \`id\` FROM \`contacts\` WHERE ${condition})`

const deleteCards = (operator: '=' | 'IN', keys: string): string =>
  `DELETE FROM \`contact_cards\`
	WHERE (\`account_list_id\`, \`name\`, \`contact_id\`) ${operator} ${keys};`

/**
 * Without any card a trigger has nothing to do: this makes loading a new database as fast as
 * without triggers.
 */
const ANY_CARD = 'EXISTS (SELECT 1 FROM `contact_cards`)'

/** @param columns of an UPDATE trigger, which has something to do when one of them changes */
function trigger(
  table: string,
  event: string,
  statements: readonly string[],
  columns: readonly string[] = [],
): string {
  const name = `card_${event.toLowerCase().replace(' ', '_')}_of_${table}`
  const names = columns.map((column) => `\`${column}\``)
  const of = names.length > 0 ? ` OF ${names.join(', ')}` : ''
  const changes = names.map((column) => `OLD.${column} IS NOT NEW.${column}`)
  const condition = changes.length > 0 ? `(${changes.join(' OR ')})\nAND ${ANY_CARD}` : ANY_CARD
  return [
    `CREATE TRIGGER \`${name}\` ${event}${of} ON \`${table}\``,
    `WHEN ${condition}`,
    'BEGIN',
    ...statements.map((statement) => `	${statement}`),
    'END;',
  ].join('\n')
}
