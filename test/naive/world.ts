/** The rows of a database that a filter looks at, in memory; names as in the data model. */
type Id = string
type Text = string | null
type Amount = number | null
type Flag = 0 | 1

export type Contact = {
  id: Id
  account_list_id: Id
  name: string
  status: Text
  church_name: Text
  likely_to_give: Text
  locale: Text
  timezone: Text
  notes: Text
  send_newsletter: Text
  pledge_amount: Amount
  pledge_currency: Text
  pledge_frequency: Amount
  pledge_received: Flag
  late_at: Text
  no_appeals: Flag
  status_valid: Flag
  first_donation_date: Text
  last_donation_date: Text
  updated_at: string
}

export type Address = {
  id: Id
  contact_id: Id
  street: Text
  city: Text
  state: Text
  country: Text
  region: Text
  metro_area: Text
  primary_mailing_address: Flag
  historic: Flag
  deleted: Flag
  valid_values: Flag
}

export type Donation = {
  id: Id
  donor_account_id: Id
  designation_account_id: Id | null
  amount: Amount
  donation_date: Text
}

export type Task = {
  id: Id
  account_list_id: Id
  activity_type: Text
  start_at: Text
  completed: Flag
}

export type World = {
  account_lists: { id: Id; default_currency: Text }[]
  account_list_users: { account_list_id: Id; user_id: Id }[]
  designation_accounts: { id: Id }[]
  account_list_designation_accounts: { account_list_id: Id; designation_account_id: Id }[]
  contacts: Contact[]
  contact_tags: { contact_id: Id; name: string }[]
  contact_referrals: { id: Id; referred_by_id: Id; referred_to_id: Id }[]
  partner_status_logs: {
    id: Id
    contact_id: Id
    recorded_on: Text
    pledge_amount: Amount
    pledge_frequency: Amount
  }[]
  people: { id: Id; first_name: Text; last_name: Text; deceased: Flag }[]
  contact_people: { id: Id; contact_id: Id; person_id: Id }[]
  email_addresses: { id: Id; person_id: Id; email: Text; historic: Flag }[]
  phone_numbers: { id: Id; person_id: Id; number: Text; location: Text; historic: Flag }[]
  person_facebook_accounts: { id: Id; person_id: Id; username: Text }[]
  addresses: Address[]
  donor_accounts: { id: Id; account_number: Text; master_company_id: Id | null }[]
  contact_donor_accounts: { contact_id: Id; donor_account_id: Id }[]
  donations: Donation[]
  donation_amount_recommendations: {
    id: Id
    donor_account_id: Id
    designation_account_id: Id | null
    suggested_pledge_amount: Amount
  }[]
  appeals: { id: Id; account_list_id: Id }[]
  appeal_contacts: { appeal_id: Id; contact_id: Id }[]
  tasks: Task[]
  task_contacts: { task_id: Id; contact_id: Id }[]
}
