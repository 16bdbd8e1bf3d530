import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** What libjpeg-turbo's WebAssembly exports; addresses are bytes in its memory. */
interface Exports {
  readonly memory: WebAssembly.Memory
  malloc(bytes: number): number
  free(address: number): void
  tjInitDecompress(): number
  tjDecompress2(
    ...call: [
      decompressor: number,
      file: number,
      fileBytes: number,
      pixels: number,
      width: number,
      bytesPerLine: number,
      height: number,
      format: number,
      flags: number,
    ]
  ): number
}

/** RGB, 3 bytes a pixel (TJPF_RGB). */
const rgb = 0

// Its own wrapper starts a new decompressor for every picture, and gives four bytes a pixel.
const require = createRequire(import.meta.url)

export const jpegTurboVersion: string = require('@cwasm/jpeg-turbo/package.json').version

/** libjpeg-turbo's binary from this package's own dependencies. */
export const jpegTurboCode = (): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(require.resolve('@cwasm/jpeg-turbo/jpeg-turbo.wasm')))

/** Decodes JPEGs in WebAssembly, so a damaged one can harm nothing but its own pixels. */
export class JpegTurbo {
  readonly #module: WebAssembly.Module
  #started: ReturnType<typeof start> | undefined

  constructor(module: WebAssembly.Module) {
    this.#module = module
  }

  /**
   * @returns [height, width, 3] bytes in the decoder's memory, right until the next call; undefined where there was an
   *   error or as much as a warning: libjpeg fills up what is missing in grey
   */
  decode(file: Uint8Array, width: number, height: number): Uint8Array | undefined {
    try {
      this.#started ??= start(this.#module)
      const { exports, decompressor, room } = this.#started
      const size = 3 * width * height
      const [from, to] = room(file.length, size)
      new Uint8Array(exports.memory.buffer, from, file.length).set(file)
      const status = exports.tjDecompress2(decompressor, from, file.length, to, width, 0, height, rgb, 0)
      return status === 0 ? new Uint8Array(exports.memory.buffer, to, size) : undefined
    } catch {
      // It was left in the middle of its work: the next picture gets a new one.
      this.#started = undefined
      return undefined
    }
  }
}

function start(module: WebAssembly.Module) {
  const stop = () => {
    throw new Error('libjpeg-turbo gave up')
  }
  const system = { environ_sizes_get: () => 0, environ_get: () => 0 }
  const exports = new WebAssembly.Instance(module, {
    env: { setjmp: () => 0, longjmp: stop },
    wasi_snapshot_preview1: { ...system, proc_exit: stop, fd_close: stop, fd_seek: stop, fd_write: stop },
  }).exports as unknown as Exports
  const decompressor = exports.tjInitDecompress()
  const [file, pixels] = [
    { at: 0, bytes: 0 },
    { at: 0, bytes: 0 },
  ]
  const grown = (buffer: typeof file, bytes: number): number => {
    if (buffer.bytes >= bytes) return buffer.at
    exports.free(buffer.at)
    buffer.at = exports.malloc(bytes)
    buffer.bytes = bytes
    if (buffer.at === 0) stop()
    return buffer.at
  }
  const room = (fileBytes: number, pixelBytes: number) =>
    [grown(file, fileBytes), grown(pixels, pixelBytes)] as const
  return { exports, decompressor, room }
}
