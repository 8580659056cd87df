import { chance, dayWithin, inPercent, timeWithin, uuid } from './chance.ts'
import type { DemoRows } from './demo-rows.ts'

const TWO_YEARS = 730

/**
 * Adds a donor account of a contact, and its gifts. A contact of two account lists gives to both
 * from one donor account.
 */
export function addGiving(
  rows: DemoRows,
  contact: { id: string; name: string },
  designationAccountId: string,
  appealId: string,
): void {
  const shared = inPercent(5) ? rows.donorAccounts.at(-1)?.id : undefined
  const donorAccountId = shared ?? uuid()
  if (shared === undefined) {
    rows.donorAccounts.push({
      id: donorAccountId,
      accountNumber: chance.string.numeric(9),
      name: inPercent(30) ? contact.name : chance.company.name(),
      masterCompanyId: inPercent(10) ? uuid() : null,
    })
  }
  rows.contactDonorAccounts.push({ contactId: contact.id, donorAccountId })
  const dates = Array.from({ length: chance.number.int({ min: 0, max: 12 }) }, () =>
    dayWithin(TWO_YEARS),
  ).toSorted()
  for (const donationDate of dates) {
    rows.donations.push({
      id: uuid(),
      donorAccountId,
      designationAccountId,
      appealId: inPercent(10) ? appealId : null,
      amount: chance.number.int({ min: 2, max: 50 }) * 5,
      currency: 'USD',
      donationDate,
    })
  }
  const row = rows.contacts.at(-1)
  if (row?.id === contact.id && dates.length > 0) {
    row.firstDonationDate = dates[0] ?? null
    row.lastDonationDate = dates.at(-1) ?? null
  }
  if (inPercent(20)) {
    rows.donationAmountRecommendations.push({
      id: uuid(),
      donorAccountId,
      designationAccountId: inPercent(70) ? designationAccountId : null,
      suggestedPledgeAmount: chance.number.int({ min: 5, max: 40 }) * 5,
      startedAt: timeWithin(TWO_YEARS),
    })
  }
}

const ACTIONS = ['Call', 'Appointment', 'Email', 'Thank', 'Prayer Request', null]

/** Adds a task of a contact, done or still to do. */
export function addTask(rows: DemoRows, accountListId: string, contactId: string): void {
  const id = uuid()
  const completed = inPercent(60)
  rows.tasks.push({
    id,
    accountListId,
    subject: chance.lorem.words(3),
    activityType: chance.helpers.arrayElement(ACTIONS),
    startAt: completed ? timeWithin(365) : timeWithin(-90),
    completed,
    completedAt: completed ? timeWithin(365) : null,
  })
  rows.taskContacts.push({ taskId: id, contactId })
}
