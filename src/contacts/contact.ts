/** A contact with what files show of it. */
export type Contact = {
  readonly id: string
  readonly accountListId: string
  readonly name: string
  readonly greeting: string | null
  readonly envelopeGreeting: string | null
  readonly isOrganization: boolean
  readonly status: string | null
  readonly pledgeAmount: number | null
  readonly pledgeCurrency: string | null
  readonly pledgeFrequency: number | null
  readonly pledgeReceived: boolean
  readonly sendNewsletter: string | null
  /** In code-point order. */
  readonly tags: readonly string[]
  readonly address: Address | undefined
  readonly primary: Person | undefined
  readonly spouse: Person | undefined
  /** Whether one of its donor accounts has exactly its name. */
  readonly namesDonorAccount: boolean
  readonly accountListName: string | null
  readonly homeCountry: string | null
  readonly defaultCurrency: string | null
}

type Address = {
  readonly street: string | null
  readonly city: string | null
  readonly state: string | null
  readonly postalCode: string | null
  readonly country: string | null
}

export type Person = {
  readonly firstName: string | null
  readonly lastName: string | null
  readonly email: string | undefined
  readonly otherEmail: string | undefined
  readonly phone: string | undefined
  readonly otherPhone: string | undefined
}
