import type { FileHandle } from 'node:fs/promises'
import yauzl from 'yauzl'

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
