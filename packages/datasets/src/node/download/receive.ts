import { open, stat } from 'node:fs/promises'

/** A download of one file of known size from one address. */
export interface Reception {
  readonly url: string
  /** The file that gets the bytes; bytes that it has already are not requested again. */
  readonly part: string
  /** The size of the whole file in bytes. */
  readonly bytes: number
  readonly fetch: typeof globalThis.fetch
  /** How long to wait for the connection and for each further piece, in ms. */
  readonly timeout: number
  readonly signal: AbortSignal | undefined
  readonly onBytes: (received: number) => void
}

/**
 * Completes `part` over one connection, by an HTTP range where it has bytes already, and syncs it to the disk. After a failure
 * `part` keeps the bytes received so far.
 * @throws Error that says why the address can't be used
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
    const before = await readFileSize(part)
    const response = await fetch(url, {
      // A server that compresses the response would change the bytes of a .gz file.
      headers: { 'accept-encoding': 'identity', ...(before > 0 && { range: `bytes=${before}-` }) },
      signal: AbortSignal.any(signal ? [signal, stall.signal] : [stall.signal]),
    })
    const body = checkResponse(response, before, bytes)
    const isResumed = response.status === 206
    const file = await open(part, isResumed ? 'r+' : 'w')
    try {
      let at = isResumed ? before : 0
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
export async function readFileSize(path: string): Promise<number> {
  return await stat(path).then(
    ({ size }) => size,
    () => 0,
  )
}

/**
 * Checks before the first byte is written that a response can be the file, and not a login page.
 * @param before bytes that were received earlier
 */
function checkResponse(response: Response, before: number, bytes: number): NonNullable<Response['body']> {
  const { status, headers, body } = response
  if ((status !== 200 && status !== 206) || !body) throw new Error(`HTTP ${status}`)
  const range = headers.get('content-range')
  if (status === 206 && !range?.startsWith(`bytes ${before}-`))
    throw new Error(`answers with the range ${range}, expected one from byte ${before}`)
  const length = headers.get('content-length')
  const expected = status === 206 ? bytes - before : bytes
  if (length !== null && Number(length) !== expected)
    throw new Error(`offers ${length} bytes, expected ${expected}`)
  return body
}
