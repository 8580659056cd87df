/** A time as the database holds it, in UTC and without a fraction: `2022-01-12T17:18:07Z`. */
export const storedTime = (time: Date): string => `${time.toISOString().slice(0, 19)}Z`
