import type { DeletedRecord } from './list-deleted-records.ts'

/** A JSON:API document of a page of deleted records. */
export const deletedRecordsDocument = (
  records: readonly DeletedRecord[],
  links: object,
): object => ({
  data: records.map(({ type, id, accountListId, deletedAt }) => ({
    id,
    type: 'deleted_records',
    attributes: {
      account_list_id: accountListId === '' ? null : accountListId,
      deletable_id: id,
      deletable_type: type,
      deleted_at: deletedAt,
    },
  })),
  links,
})
