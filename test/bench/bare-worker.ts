/**
 * A Worker that does the least one can do for a file: it reads the ready rows of an account list in
 * their order and joins them as CSV. It checks nothing and keeps nothing.
 */
export default {
  async fetch(request, env) {
    const accountListId = new URL(request.url).searchParams.get('list')
    const { results } = await env.DB.prepare(
      `SELECT row FROM contact_cards WHERE account_list_id = ? ORDER BY name, contact_id`,
    )
      .bind(accountListId)
      .all<{ row: string }>()
    const lines = results.map(({ row }) => {
      const cells: readonly unknown[] = JSON.parse(row)
      return cells.map((cell) => `"${String(cell).replaceAll('"', '""')}"`).join(',')
    })
    return new Response(lines.join('\r\n'))
  },
} satisfies ExportedHandler<{ readonly DB: D1Database }>
