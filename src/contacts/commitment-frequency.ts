/** Months between gifts. The two fractions are 3/13 and 6/13, rounded in more than one way. */
export const COMMITMENT_FREQUENCIES: readonly (readonly [months: number, label: string])[] = [
  [0.23076923076923, 'Weekly'],
  [0.46153846153846, 'Every 2 Weeks'],
  [1, 'Monthly'],
  [2, 'Every 2 Months'],
  [3, 'Quarterly'],
  [4, 'Every 4 Months'],
  [6, 'Every 6 Months'],
  [12, 'Annual'],
  [24, 'Every 2 Years'],
]
const FREQUENCY_TOLERANCE = 0.0001

/**
 * The label of a commitment's frequency, which is stored in months.
 *
 * @returns `Monthly` where none is stored, `undefined` for a value that has no label
 */
export const frequencyLabel = (frequency: number | null): string | undefined =>
  frequency === null
    ? 'Monthly'
    : COMMITMENT_FREQUENCIES.find(([months]) =>
        Number.isInteger(months)
          ? frequency === months
          : Math.abs(frequency - months) <= FREQUENCY_TOLERANCE,
      )?.[1]
