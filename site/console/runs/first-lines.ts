/** The first lines of a body. What follows is not read. */
export async function firstLines(
  body: ReadableStream<Uint8Array> | null,
  most: number,
): Promise<readonly string[]> {
  const lines: string[] = []
  let rest = ''
  for await (const chunk of body?.pipeThrough(decoder()) ?? []) {
    const [last = '', ...whole] = (rest + chunk).split('\n').toReversed()
    rest = last
    lines.push(...whole.toReversed().filter((line) => line !== ''))
    if (lines.length >= most) return lines.slice(0, most)
  }
  return rest === '' ? lines : [...lines, rest]
}

function decoder(): TransformStream<Uint8Array, string> {
  const decode = new TextDecoder()
  return new TransformStream({
    transform: (chunk, controller) => controller.enqueue(decode.decode(chunk, { stream: true })),
  })
}
