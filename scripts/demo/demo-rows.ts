import * as schema from '../../src/db/schema/index.ts'

/** The tables that the demo data fills, owners before what they own. */
export const demoTables = {
  accountLists: schema.accountLists,
  accountListUsers: schema.accountListUsers,
  designationAccounts: schema.designationAccounts,
  accountListDesignationAccounts: schema.accountListDesignationAccounts,
  contacts: schema.contacts,
  contactTags: schema.contactTags,
  contactReferrals: schema.contactReferrals,
  partnerStatusLogs: schema.partnerStatusLogs,
  people: schema.people,
  contactPeople: schema.contactPeople,
  emailAddresses: schema.emailAddresses,
  phoneNumbers: schema.phoneNumbers,
  personFacebookAccounts: schema.personFacebookAccounts,
  addresses: schema.addresses,
  donorAccounts: schema.donorAccounts,
  contactDonorAccounts: schema.contactDonorAccounts,
  appeals: schema.appeals,
  appealContacts: schema.appealContacts,
  donations: schema.donations,
  donationAmountRecommendations: schema.donationAmountRecommendations,
  tasks: schema.tasks,
  taskContacts: schema.taskContacts,
}

/** The rows of each table. */
export type DemoRows = {
  [Table in keyof typeof demoTables]: (typeof demoTables)[Table]['$inferInsert'][]
}

export const noRows = (): DemoRows => ({
  accountLists: [],
  accountListUsers: [],
  designationAccounts: [],
  accountListDesignationAccounts: [],
  contacts: [],
  contactTags: [],
  contactReferrals: [],
  partnerStatusLogs: [],
  people: [],
  contactPeople: [],
  emailAddresses: [],
  phoneNumbers: [],
  personFacebookAccounts: [],
  addresses: [],
  donorAccounts: [],
  contactDonorAccounts: [],
  appeals: [],
  appealContacts: [],
  donations: [],
  donationAmountRecommendations: [],
  tasks: [],
  taskContacts: [],
})
