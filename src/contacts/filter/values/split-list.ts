/**
 * The items of a list that is a text, separated by commas and trimmed. An item in double quotes may
 * contain commas, and doubled quotes.
 */
export const splitList = (text: string): readonly string[] =>
  Array.from(text.matchAll(/(?:\s*"((?:[^"]|"")*)"\s*|([^,]*))(?:,|$)/g), ([, quoted, plain]) =>
    (quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"')).trim(),
  )

/** Whether no item is left in a text when empty ones are dropped. */
export const isEmptyList = (text: string): boolean =>
  /^[\s,"]*$/.test(text) && splitList(text).every((item) => item === '')
