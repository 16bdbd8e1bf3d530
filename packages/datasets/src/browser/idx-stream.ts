import { checkPackedLength, type Idx, type IdxHeader, parseIdxHeader, wrongSizeError } from '../idx.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Bytes allocated at first, since a header may claim much more data than the stream has. */
const initialCapacity = 2 ** 20

/**
 * Reads IDX from a stream, plain or gzip, which its first two bytes decide. Memory grows with the received bytes, up to the
 * size that the header declares.
 * @param name the file's name in messages
 * @throws GankitError for anything but whole IDX of `dimensions` dimensions; the errors of the stream and the signal
 */
export async function collectIdx(
  stream: ReadableStream<Bytes>,
  name: string,
  dimensions: number,
  signal?: AbortSignal,
): Promise<Idx> {
  const packed = { bytes: 0, isGzip: false }
  const reader = (await gunzipIfNeeded(stream, packed)).getReader()
  let head: Bytes = new Uint8Array()
  let header: IdxHeader | undefined
  let data: Bytes = new Uint8Array()
  let filled = 0
  try {
    for (;;) {
      signal?.throwIfAborted()
      const { done, value } = await reader.read()
      if (done) break
      let piece = value
      if (!header) {
        head = concatenate(head, value)
        if (head.length < 4 + 4 * dimensions) continue
        header = parseIdxHeader(head, name, dimensions)
        piece = head.subarray(header.offset)
      }
      if (filled + piece.length > header.length)
        throw wrongSizeError(name, `more than ${header.offset + header.length}`, header)
      if (packed.isGzip) checkPackedLength(name, header, filled + piece.length, packed.bytes)
      if (filled + piece.length > data.length) data = grow(data, filled + piece.length, header.length)
      data.set(piece, filled)
      filled += piece.length
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
  header ??= parseIdxHeader(head, name, dimensions)
  if (filled < header.length) throw wrongSizeError(name, String(header.offset + filled), header)
  return { shape: header.shape, data }
}

/** Copies data to twice the needed memory, so that copies stay rare, but to no more than `max` bytes. */
function grow(data: Bytes, needed: number, max: number): Bytes {
  const larger = new Uint8Array(Math.min(max, Math.max(initialCapacity, 2 * needed)))
  larger.set(data)
  return larger
}

/** @param packed gets whether the stream is gzip, and the bytes that were taken from it so far */
async function gunzipIfNeeded(
  stream: ReadableStream<Bytes>,
  packed: { bytes: number; isGzip: boolean },
): Promise<ReadableStream<Bytes>> {
  const reader = stream.getReader()
  let head: Bytes = new Uint8Array()
  while (head.length < 2) {
    const { done, value } = await reader.read()
    if (done) break
    head = concatenate(head, value)
  }
  packed.bytes = head.length
  packed.isGzip = head[0] === 0x1f && head[1] === 0x8b
  const whole = new ReadableStream<Bytes>({
    start(controller) {
      if (head.length > 0) controller.enqueue(head)
    },
    async pull(controller) {
      const { done, value } = await reader.read()
      if (done) controller.close()
      else {
        packed.bytes += value.length
        controller.enqueue(value)
      }
    },
    cancel: why => reader.cancel(why),
  })
  return packed.isGzip ? whole.pipeThrough(new DecompressionStream('gzip')) : whole
}

function concatenate(a: Bytes, b: Bytes): Bytes {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}
