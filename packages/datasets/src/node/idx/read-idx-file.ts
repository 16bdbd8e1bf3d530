import { type FileHandle, open } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import { GankitError, isGankitError } from '@gankit/core'
import { checkPackedLength, type Idx, type IdxHeader, parseIdxHeader, wrongSizeError } from '../../idx.ts'

/** The most that deflate can shrink data (RFC 1951: 258 bytes from two bits). */
const maxDeflateRatio = 1032

/**
 * Reads an IDX file, plain or gzip, which its first two bytes decide and not its name. The file is streamed, and memory never
 * grows beyond the data that its header declares and that a file of its size can hold.
 * @param name the file's name in messages, with its path
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
    if (!gzip) return await collectIdx(bytes, name, dimensions, { capacity: size })
    const gunzip = createGunzip()
    bytes.on('error', error => gunzip.destroy(error)).pipe(gunzip)
    try {
      return await collectIdx(gunzip, name, dimensions, { capacity: size * maxDeflateRatio, packed: size })
    } finally {
      bytes.destroy()
    }
  } catch (error) {
    throw isGankitError(error) ? error : unreadableError(name, error as NodeJS.ErrnoException)
  } finally {
    await file?.close()
  }
}

/** @param limits the most bytes that the source can give, and the bytes of gzip that they come from */
async function collectIdx(
  source: AsyncIterable<Uint8Array>,
  name: string,
  dimensions: number,
  { capacity, packed }: { readonly capacity: number; readonly packed?: number },
): Promise<Idx> {
  const headerSize = 4 + 4 * dimensions
  let head = new Uint8Array()
  let header: IdxHeader | undefined
  let data = new Uint8Array()
  let filled = 0
  for await (const chunk of source) {
    let piece: Uint8Array = chunk
    if (!header) {
      head = Buffer.concat([head, chunk])
      if (head.length < headerSize) continue
      header = parseIdxHeader(head, name, dimensions)
      if (header.offset + header.length > capacity)
        throw wrongSizeError(name, `no more than ${capacity}`, header)
      if (packed !== undefined) checkPackedLength(name, header, header.length, packed)
      data = allocate(header, name)
      piece = head.subarray(headerSize)
    }
    if (filled + piece.length > data.length)
      throw wrongSizeError(name, `more than ${header.offset + header.length}`, header)
    data.set(piece, filled)
    filled += piece.length
  }
  header ??= parseIdxHeader(head, name, dimensions)
  if (filled < data.length) throw wrongSizeError(name, String(header.offset + filled), header)
  return { shape: header.shape, data }
}

function allocate({ length }: IdxHeader, name: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(length)
  } catch (cause) {
    const message = `${name} holds ${length} bytes, more than this machine has memory for: take a part of it`
    throw new GankitError('datasets', 'data', message, { cause })
  }
}

function unreadableError(name: string, cause: NodeJS.ErrnoException): GankitError {
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
