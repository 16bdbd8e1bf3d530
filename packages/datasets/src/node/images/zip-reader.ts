import type { FileHandle } from 'node:fs/promises'
import { promisify } from 'node:util'
import { crc32, inflateRaw } from 'node:zlib'
import yauzl from 'yauzl'

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

/** Read at once while a directory is gone through: thousands of entries of some 80 bytes. */
const ahead = 64 * 2 ** 10

type Callback = (error: Error | null, bytesRead?: number) => void

/**
 * The bytes of a zip, for yauzl and for us. yauzl's own reader throws out of reach of any `catch` where a damaged zip
 * points beyond what a file can have, and asks the file system twice for every entry.
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

  /** Reads for yauzl, which goes from one entry of the directory to the next. */
  override read(buffer: Buffer, offset: number, length: number, position: number, callback: Callback): void {
    if (this.#isInBlock(position, length)) {
      const at = position - this.#block.start
      this.#block.bytes.copy(buffer, offset, at, at + length)
      process.nextTick(callback, null, length)
      return
    }
    const size = Math.max(length, Math.min(ahead, this.#size - position))
    this.bytes(position, size).then(bytes => {
      this.#block = { start: position, bytes }
      callback(null, bytes.copy(buffer, offset, 0, length))
    }, callback)
  }

  #isInBlock(position: number, length: number): boolean {
    const { start, bytes } = this.#block
    return position >= start && position + length <= start + bytes.length
  }

  /** @throws Error when they are not all there */
  async bytes(position: number, length: number): Promise<Buffer> {
    if (!(position >= 0 && position + length <= this.#size))
      throw new Error('points beyond the end of the zip')
    const buffer = Buffer.allocUnsafe(length)
    const { bytesRead } = await this.#file.read(buffer, 0, length, position)
    if (bytesRead < length) throw new Error('is cut off: the zip has changed')
    return buffer
  }
}
