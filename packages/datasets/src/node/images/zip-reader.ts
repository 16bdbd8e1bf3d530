import type { FileHandle } from 'node:fs/promises'
import { promisify } from 'node:util'
import { crc32, inflateRaw } from 'node:zlib'
import yauzl from 'yauzl'

/** The fields of a zip's directory that reading an entry needs. */
export interface ZipEntry {
  readonly compressionMethod: number
  readonly compressedSize: number
  readonly uncompressedSize: number
  readonly crc32: number
  readonly relativeOffsetOfLocalHeader: number
}

const inflate = promisify<Uint8Array, { maxOutputLength: number }, Uint8Array>(inflateRaw)

/**
 * Reads a stored or deflated entry, in no more memory than its declared size.
 * @throws Error with the reason why it can't be read
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
  const bytes = entry.compressionMethod === 0 ? packed : await unpack(packed, size)
  if (bytes.length !== size) throw new Error(`is damaged (${bytes.length} bytes unpacked, expected ${size})`)
  if (crc32(bytes) !== entry.crc32) throw new Error('is damaged (its checksum in the zip is another)')
  return bytes
}

async function unpack(packed: Uint8Array, size: number): Promise<Uint8Array> {
  try {
    return await inflate(packed, { maxOutputLength: Math.max(1, size) })
  } catch (error) {
    const tooLong = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
    throw new Error(tooLong ? `unpacks to more than the ${size} bytes it says` : 'is damaged or cut off')
  }
}

/** Bytes per read of a directory, which has thousands of entries of about 80 bytes. */
const blockSize = 64 * 2 ** 10

type Callback = (error: Error | null, bytesRead?: number) => void

/**
 * The bytes of a zip, for yauzl and for `readEntry`. yauzl's own reader throws where no `catch` can reach the error when a
 * damaged zip points beyond the end of the file, and it reads the file twice per entry.
 */
export class ZipBytes extends yauzl.RandomAccessReader {
  readonly #file: FileHandle
  readonly #size: number
  #block: { start: number; bytes: Buffer } = { start: 0, bytes: Buffer.alloc(0) }

  constructor(file: FileHandle, size: number) {
    super()
    this.#file = file
    this.#size = size
  }

  /** Reads for yauzl, which walks through the directory entry by entry. */
  override read(buffer: Buffer, offset: number, length: number, position: number, callback: Callback): void {
    if (this.#isInBlock(position, length)) {
      const at = position - this.#block.start
      this.#block.bytes.copy(buffer, offset, at, at + length)
      process.nextTick(callback, null, length)
      return
    }
    const size = Math.max(length, Math.min(blockSize, this.#size - position))
    this.bytes(position, size).then(bytes => {
      this.#block = { start: position, bytes }
      callback(null, bytes.copy(buffer, offset, 0, length))
    }, callback)
  }

  #isInBlock(position: number, length: number): boolean {
    const { start, bytes } = this.#block
    return position >= start && position + length <= start + bytes.length
  }

  /** Reads bytes. @throws Error where the zip ends before */
  async bytes(position: number, length: number): Promise<Buffer> {
    if (!(position >= 0 && position + length <= this.#size))
      throw new Error('points beyond the end of the zip')
    const buffer = Buffer.allocUnsafe(length)
    const { bytesRead } = await this.#file.read(buffer, 0, length, position)
    if (bytesRead < length) throw new Error('is cut off: the zip has changed')
    return buffer
  }
}
