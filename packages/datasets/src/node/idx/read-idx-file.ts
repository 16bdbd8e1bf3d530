import { type FileHandle, open } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import { GankitError, isGankitError } from '@gankit/core'
import { type Idx, type IdxHeader, parseIdxHeader, wrongSize } from '../../idx.ts'

/** Deflate makes data at most this much smaller (RFC 1951: 258 bytes from two bits). */
const maxDeflateRatio = 1032

/**
 * Reads an IDX file, plain or gzip: the first two bytes tell, not the name. The file is streamed, and memory never
 * grows beyond the data that its header declares and that a file of its size can hold.
 * @param name what messages call the file, its path included
 * @throws GankitError for a file that can't be read, is damaged, or is not an IDX file of `dimensions` dimensions
 */
export async function readIdxFile(path: string, name: string, dimensions: number): Promise<Idx> {
  let file: FileHandle | undefined
  try {
    file = await open(path)
    const [{ bytesRead, buffer }, { size }] = await Promise.all([
      file.read(new Uint8Array(2), 0, 2, 0),
      file.stat(),
    ])
    const gzip = bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
    const bytes = file.createReadStream({ start: 0, autoClose: false })
    if (!gzip) return await collectIdx(bytes, name, dimensions, size)
    const gunzip = createGunzip()
    bytes.on('error', error => gunzip.destroy(error)).pipe(gunzip)
    try {
      return await collectIdx(gunzip, name, dimensions, size * maxDeflateRatio)
    } finally {
      bytes.destroy()
    }
  } catch (error) {
    throw isGankitError(error) ? error : unreadable(name, error as NodeJS.ErrnoException)
  } finally {
    await file?.close()
  }
}

/** @param capacity how many bytes the source can give at most */
async function collectIdx(
  source: AsyncIterable<Uint8Array>,
  name: string,
  dimensions: number,
  capacity: number,
): Promise<Idx> {
  const headerSize = 4 + 4 * dimensions
  let head = new Uint8Array()
  let header: IdxHeader | undefined
  let data = new Uint8Array()
  let filled = 0
  for await (const chunk of source) {
    let rest = chunk
    if (!header) {
      head = Buffer.concat([head, chunk])
      if (head.length < headerSize) continue
      header = parseIdxHeader(head, name, dimensions)
      if (header.offset + header.length > capacity) throw wrongSize(name, `no more than ${capacity}`, header)
      data = new Uint8Array(header.length)
      rest = head.subarray(headerSize)
    }
    if (filled + rest.length > data.length)
      throw wrongSize(name, `more than ${header.offset + header.length}`, header)
    data.set(rest, filled)
    filled += rest.length
  }
  header ??= parseIdxHeader(head, name, dimensions)
  if (filled < data.length) throw wrongSize(name, String(header.offset + filled), header)
  return { shape: header.shape, data }
}

function unreadable(name: string, cause: NodeJS.ErrnoException): GankitError {
  const [got, fix] = cause.code?.startsWith('Z_')
    ? [`is a damaged gzip file (${cause.message})`, 'download or copy it again']
    : cause.code === 'EACCES' || cause.code === 'EPERM'
      ? [`can't be read (${cause.code})`, 'expected read permission: change it, or copy the file']
      : [`can't be read (${cause.code ?? cause.message})`, 'expected a file']
  return new GankitError(
    'datasets',
    cause.code?.startsWith('Z_') ? 'data' : 'file',
    `${name} ${got}: ${fix}`,
    {
      cause,
    },
  )
}
