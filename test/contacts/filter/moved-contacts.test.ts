import { beforeEach, expect, it } from 'vitest'
import { add, addContact, addList, LIST, newId, OTHER_LIST } from '../../helpers/contacts.ts'
import { insert } from '../../helpers/database.ts'
import { EVERYBODY, make, selected, twoLists } from '../../helpers/filter-rows.ts'

const FORMER_APPEAL = 'e0000000-0000-4000-8000-000000000009'
const FORMER_REFERRER = 'c0000000-0000-4000-8000-000000000009'
const READABLE_LIST = 'a0000000-0000-4000-8000-000000000003'

beforeEach(twoLists)

/** What an account list knows of a contact that it owned before: a task, an appeal, a referral. */
const knownBy = (account_list_id: string) => async (contact_id: string) => {
  const task_id = await add('tasks', {
    account_list_id,
    activity_type: 'Call',
    start_at: '2022-01-12T00:00:00Z',
    completed: 0,
  })
  await insert('task_contacts', { task_id, contact_id })
  await insert('appeals', { id: FORMER_APPEAL, account_list_id })
  await insert('appeal_contacts', { appeal_id: FORMER_APPEAL, contact_id })
  await addContact({ id: FORMER_REFERRER, account_list_id, status: 'Never Ask' })
  await insert('contact_referrals', {
    id: newId(),
    referred_by_id: FORMER_REFERRER,
    referred_to_id: contact_id,
  })
}

const KEYS: [filter: Record<string, unknown>, selectsWhoHas: boolean][] = [
  [{ related_task_action: 'Call' }, true],
  [{ related_task_action: 'none' }, false],
  [{ task_due_date: '2022-01-12' }, true],
  [{ tasks_all_completed: true }, false],
  [{ appeal: FORMER_APPEAL }, true],
  [{ referrer: 'any' }, true],
  [{ referrer: 'none' }, false],
  [{ referrer: FORMER_REFERRER }, true],
]

it.each(KEYS)(
  '%j does not tell what an account list out of scope knows of a contact',
  async (filter, selectsWhoHas) => {
    await make('moved', knownBy(OTHER_LIST))
    const [key = ''] = Object.keys(filter)
    const [chosen, others] = selectsWhoHas ? [[], ['moved']] : [['moved'], []]
    expect(await selected(filter)).toEqual(chosen)
    expect(await selected({ ...filter, any_filter: true })).toEqual(chosen)
    expect(await selected({ ...filter, [`reverse_${key}`]: true })).toEqual(others)
    expect(await selected({ ...filter, [`reverse_${key}`]: true, any_filter: true })).toEqual(
      others,
    )
  },
)

it.each(KEYS)(
  '%j counts an account list that the user may read, unless the filter leaves it out',
  async (filter, selectsWhoHas) => {
    await addList(READABLE_LIST)
    await make('moved', knownBy(READABLE_LIST))
    await make('bare', {})
    const ofBoth = selectsWhoHas ? ['moved'] : ['bare']
    const ofOne = selectsWhoHas ? [] : ['bare', 'moved']
    expect(await selected(filter)).toEqual(ofBoth)
    expect(await selected({ ...filter, ...EVERYBODY, account_list_id: LIST })).toEqual(ofOne)
  },
)
