const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/**
 * The id of a user as it is stored and compared: UUIDs are the same in any letter case, and written in lower case (RFC 9562,
 * 4); any other text is compared as it is.
 */
export const canonicalUserId = (id: string): string => (UUID.test(id) ? id.toLowerCase() : id)
