import { promisify } from 'node:util'
import { crc32, inflateRaw } from 'node:zlib'
import type { ZipBytes } from './zip-bytes.ts'

/** What a zip's directory says of an entry. */
export interface ZipEntry {
  readonly compressionMethod: number
  readonly compressedSize: number
  readonly uncompressedSize: number
  readonly crc32: number
  readonly relativeOffsetOfLocalHeader: number
}

const inflate = promisify<Uint8Array, { maxOutputLength: number }, Uint8Array>(inflateRaw)

/**
 * Reads an entry that is stored or deflated, in no more memory than it says it needs.
 * @throws Error with the reason why it can't be had
 */
export async function readEntry(zip: ZipBytes, entry: ZipEntry): Promise<Uint8Array> {
  const { uncompressedSize: size, compressedSize, relativeOffsetOfLocalHeader: start } = entry
  // Deflate adds 5 bytes to 16 KiB at worst.
  if (compressedSize > size + size / 1000 + 1024)
    throw new Error(`is damaged (${compressedSize} bytes in the zip, ${size} unpacked)`)
  const header = await zip.bytes(start, 30)
  if (header.readUInt32LE(0) !== 0x04034b50) throw new Error('is damaged (it has no header in the zip)')
  const packed = await zip.bytes(
    start + 30 + header.readUInt16LE(26) + header.readUInt16LE(28),
    compressedSize,
  )
  const bytes = entry.compressionMethod === 0 ? packed : await unpacked(packed, size)
  if (bytes.length !== size) throw new Error(`is damaged (${bytes.length} bytes unpacked, expected ${size})`)
  if (crc32(bytes) !== entry.crc32) throw new Error('is damaged (its checksum in the zip is another)')
  return bytes
}

async function unpacked(packed: Uint8Array, size: number): Promise<Uint8Array> {
  try {
    return await inflate(packed, { maxOutputLength: Math.max(1, size) })
  } catch (error) {
    const tooLong = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
    throw new Error(tooLong ? `unpacks to more than the ${size} bytes it says` : 'is damaged or cut off')
  }
}
