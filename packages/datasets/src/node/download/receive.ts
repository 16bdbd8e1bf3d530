import { open, stat } from 'node:fs/promises'

/** One file of known size from one address. */
export interface Reception {
  readonly url: string
  /** Where the bytes go; what is there already is not asked for again. */
  readonly part: string
  /** How large the file is, bytes. */
  readonly bytes: number
  readonly fetch: typeof globalThis.fetch
  /** How long to wait for the connection and for each next piece, ms. */
  readonly timeout: number
  readonly signal: AbortSignal | undefined
  readonly onBytes: (received: number) => void
}

/**
 * Brings `part` up to its `bytes` over one connection, by an HTTP range where a piece is there already, and syncs it
 * to the disk. After a failure `part` keeps what has come.
 * @throws Error that says why the address is of no use
 */
export async function receive({
  url,
  part,
  bytes,
  fetch,
  timeout,
  signal,
  onBytes,
}: Reception): Promise<void> {
  const stall = new AbortController()
  const stop = () => stall.abort(new Error(`no answer for ${timeout / 1000} s`))
  let timer = setTimeout(stop, timeout)
  try {
    const there = await sizeOf(part)
    const response = await fetch(url, {
      // A server that packs on the way would make other bytes of a .gz file.
      headers: { 'accept-encoding': 'identity', ...(there > 0 && { range: `bytes=${there}-` }) },
      signal: AbortSignal.any(signal ? [signal, stall.signal] : [stall.signal]),
    })
    const body = bodyOf(response, there, bytes)
    const resumed = response.status === 206
    const file = await open(part, resumed ? 'r+' : 'w')
    try {
      let at = resumed ? there : 0
      for await (const piece of body) {
        clearTimeout(timer)
        if (at + piece.length > bytes) throw new Error(`sends more than ${bytes} bytes`)
        const { bytesWritten } = await file.write(piece, 0, piece.length, at)
        if (bytesWritten < piece.length) throw new Error('the disk is full')
        at += piece.length
        onBytes(at)
        timer = setTimeout(stop, timeout)
      }
      if (at < bytes) throw new Error(`ends after ${at} of ${bytes} bytes`)
    } finally {
      await file.sync()
      await file.close()
    }
  } catch (error) {
    stall.abort(error)
    throw error
  } finally {
    clearTimeout(timer)
  }
}

/** The size of a file in bytes, 0 where there is none. */
export async function sizeOf(path: string): Promise<number> {
  return await stat(path).then(
    ({ size }) => size,
    () => 0,
  )
}

/** Checks before the first byte is written that an answer can be the file, so that a login page never is. */
function bodyOf(response: Response, there: number, bytes: number): NonNullable<Response['body']> {
  const { status, headers, body } = response
  if ((status !== 200 && status !== 206) || !body) throw new Error(`HTTP ${status}`)
  const range = headers.get('content-range')
  if (status === 206 && !range?.startsWith(`bytes ${there}-`))
    throw new Error(`answers with the range ${range}, expected one from byte ${there}`)
  const length = headers.get('content-length')
  const expected = status === 206 ? bytes - there : bytes
  if (length !== null && Number(length) !== expected)
    throw new Error(`offers ${length} bytes, expected ${expected}`)
  return body
}
