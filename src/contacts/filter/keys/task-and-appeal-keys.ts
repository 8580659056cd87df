import { sql, type SQL } from 'drizzle-orm'
import { appealContacts, appeals, contacts, taskContacts, tasks } from '../../../db/schema/index.ts'
import { inList } from '../../../db/in-list.ts'
import { inScope } from './conditions.ts'
import { filterKey, rowKey, selectingKey, suggestedKey, type StoredValues } from './filter-key.ts'
import { range } from '../values/range.ts'
import { timeWithin } from './within-range.ts'
import { ids, listWith } from '../values/lists.ts'
import { flag } from '../values/scalars.ts'

/**
 * Contacts with a task that satisfies a condition, among the tasks of the account lists in scope.
 */
const withTask = (condition: SQL): SQL =>
  sql`exists (select 1 from ${taskContacts}
    join ${tasks} indexed by tasks_in_filters on ${tasks.id} = ${taskContacts.taskId}
    where ${taskContacts.contactId} = ${contacts.id} and ${condition}
    and +${tasks.accountListId} in ${inScope})`

const isIncomplete = sql`${tasks.completed} = 0`

const hasNoIncompleteTask = sql`not ${withTask(isIncomplete)}`

const storedActions: StoredValues = {
  text: tasks.activityType,
  join: sql`cross join ${taskContacts} on ${taskContacts.contactId} = ${contacts.id}
    cross join ${tasks} indexed by tasks_in_filters on ${tasks.id} = ${taskContacts.taskId}
      and ${isIncomplete} and +${tasks.accountListId} in ${inScope}`,
}

/** The keys about tasks and appeals, in the order of the page on filters. */
export const taskAndAppealKeys = {
  related_task_action: suggestedKey(
    storedActions,
    selectingKey(
      {
        selects:
          'that have an incomplete task of one of these types; `none` or `null` means no ' +
          'incomplete task',
        example: 'Call,Email',
      },
      listWith('none', 'null'),
      (actions) =>
        actions.includes('none') || actions.includes('null')
          ? { contact: hasNoIncompleteTask }
          : {
              row: {
                group: withTask,
                condition: sql`${isIncomplete} and ${inList(tasks.activityType, actions)}`,
              },
            },
    ),
  ),

  tasks_all_completed: filterKey(
    { selects: 'that have no incomplete task; `false` selects everybody', example: true },
    flag.transform((completed) => completed || undefined),
    () => hasNoIncompleteTask,
  ),

  task_due_date: rowKey(
    { selects: 'that have a task due in this period', example: '2022-01-12...2022-01-20' },
    withTask,
    range,
    (within) => timeWithin(tasks.startAt, within),
  ),

  appeal: filterKey(
    {
      selects: 'that are in one of these appeals; `no_appeals`: that also want no appeals',
      example: ['a0000000-0000-4000-8000-000000000001', 'no_appeals'],
    },
    ids,
    (items) => {
      const wanted = items.filter((item) => item !== 'no_appeals')
      const inOne = sql`exists (select 1 from ${appealContacts}
      join ${appeals} on ${appeals.id} = ${appealContacts.appealId}
      where ${appealContacts.contactId} = ${contacts.id}
      and ${inList(appealContacts.appealId, wanted)}
      and +${appeals.accountListId} in ${inScope})`
      if (wanted.length === items.length) return inOne
      const wantsNone = sql`${contacts.noAppeals} = 1`
      return wanted.length === 0 ? wantsNone : sql`${wantsNone} and ${inOne}`
    },
  ),

  no_appeals: filterKey(
    { selects: 'that want no appeals, or do not mind', example: true },
    flag,
    (wantsNone) => sql`${contacts.noAppeals} = ${Number(wantsNone)}`,
  ),
}
