const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/**
 * The id of a user as it is stored and compared. A UUID is written in lower case, since case does
 * not matter in it (RFC 9562, 4). Any other text stays as it is.
 */
export const canonicalUserId = (id: string): string => (UUID.test(id) ? id.toLowerCase() : id)
