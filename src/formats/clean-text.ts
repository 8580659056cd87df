/** Control characters other than tab and LF, surrogates, U+FFFE and U+FFFF. */
const suspicious = /[^\t\n -\ud7ff\ue000-\ufffd]/

/** What XML 1.0 (2.2) forbids: control characters, lone surrogates, U+FFFE and U+FFFF. */
const forbidden = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu

/**
 * The text of a cell as every format shows it, so that all formats have the same cells: without the
 * characters that XML 1.0 forbids, and with LF for CR LF and CR. A format cleans a text before it
 * checks it for anything else.
 */
export const cleanText = (text: string): string =>
  suspicious.test(text) ? text.replace(forbidden, '').replace(/\r\n?/g, '\n') : text
