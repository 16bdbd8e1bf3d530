import { type Idx, type IdxHeader, parseIdxHeader, wrongSize } from '../idx.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** What is set aside at first; a header may claim much more than comes. */
const firstCapacity = 2 ** 20

/**
 * Reads IDX from a stream, plain or gzip: the first two bytes tell. Memory follows what has come, and never goes
 * beyond what the header declares.
 * @param name what messages call the file
 * @throws GankitError for what is not whole IDX of `dimensions` dimensions; what the stream or the signal throws
 */
export async function collectIdx(
  stream: ReadableStream<Bytes>,
  name: string,
  dimensions: number,
  signal?: AbortSignal,
): Promise<Idx> {
  const reader = (await unzipped(stream)).getReader()
  let head: Bytes = new Uint8Array()
  let header: IdxHeader | undefined
  let data: Bytes = new Uint8Array()
  let filled = 0
  try {
    for (;;) {
      signal?.throwIfAborted()
      const { done, value } = await reader.read()
      if (done) break
      let rest = value
      if (!header) {
        head = joined(head, value)
        if (head.length < 4 + 4 * dimensions) continue
        header = parseIdxHeader(head, name, dimensions)
        rest = head.subarray(header.offset)
      }
      if (filled + rest.length > header.length)
        throw wrongSize(name, `more than ${header.offset + header.length}`, header)
      if (filled + rest.length > data.length) data = grown(data, filled + rest.length, header.length)
      data.set(rest, filled)
      filled += rest.length
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
  header ??= parseIdxHeader(head, name, dimensions)
  if (filled < header.length) throw wrongSize(name, String(header.offset + filled), header)
  return { shape: header.shape, data }
}

/** Twice as much as is needed, so that copying stays cheap, but no more than there can be. */
function grown(data: Bytes, needed: number, most: number): Bytes {
  const larger = new Uint8Array(Math.min(most, Math.max(firstCapacity, 2 * needed)))
  larger.set(data)
  return larger
}

async function unzipped(stream: ReadableStream<Bytes>): Promise<ReadableStream<Bytes>> {
  const reader = stream.getReader()
  let head: Bytes = new Uint8Array()
  while (head.length < 2) {
    const { done, value } = await reader.read()
    if (done) break
    head = joined(head, value)
  }
  const whole = new ReadableStream<Bytes>({
    start(controller) {
      if (head.length > 0) controller.enqueue(head)
    },
    async pull(controller) {
      const { done, value } = await reader.read()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: why => reader.cancel(why),
  })
  const gzip = head[0] === 0x1f && head[1] === 0x8b
  return gzip ? whole.pipeThrough(new DecompressionStream('gzip')) : whole
}

function joined(a: Bytes, b: Bytes): Bytes {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}
