import { jpegModule } from './jpeg-module.data.ts'

/** The exports of libjpeg-turbo's module; addresses are byte offsets in its memory. */
interface Exports {
  readonly memory: WebAssembly.Memory
  _initialize(): void
  malloc(bytes: number): number
  free(address: number): void
  decode(file: number, fileBytes: number, width: number, height: number, pixels: number): number
}

export const jpegTurboVersion = '2.1.5'

export const jpegTurboCode = (): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(jpegModule, 'base64'))

/** Decodes JPEGs in WebAssembly, so that a damaged file can't harm anything but its own pixels. */
export class JpegTurbo {
  readonly #module: WebAssembly.Module
  #started: ReturnType<typeof start> | undefined

  constructor(module: WebAssembly.Module) {
    this.#module = module
  }

  /**
   * @returns [height, width, 3] bytes in the decoder's memory, valid until the next call; undefined after an error or a
   *   warning, since libjpeg fills missing pixels with gray
   */
  decode(file: Uint8Array, width: number, height: number): Uint8Array | undefined {
    try {
      this.#started ??= start(this.#module)
      const { exports, room } = this.#started
      const size = 3 * width * height
      const [from, to] = room(file.length, size)
      new Uint8Array(exports.memory.buffer, from, file.length).set(file)
      const status = exports.decode(from, file.length, width, height, to)
      return status === 0 ? new Uint8Array(exports.memory.buffer, to, size) : undefined
    } catch {
      // The decoder stopped in the middle of its work: the next picture gets a new one.
      this.#started = undefined
      return undefined
    }
  }
}

function start(module: WebAssembly.Module) {
  const exports = new WebAssembly.Instance(module).exports as unknown as Exports
  exports._initialize()
  const [file, pixels] = [
    { at: 0, bytes: 0 },
    { at: 0, bytes: 0 },
  ]
  const grow = (buffer: typeof file, bytes: number): number => {
    if (buffer.bytes >= bytes) return buffer.at
    exports.free(buffer.at)
    buffer.at = exports.malloc(bytes)
    buffer.bytes = bytes
    if (buffer.at === 0) throw new Error('no memory for a JPEG')
    return buffer.at
  }
  const room = (fileBytes: number, pixelBytes: number) =>
    [grow(file, fileBytes), grow(pixels, pixelBytes)] as const
  return { exports, room }
}
