import type { ImageSettings, Region } from '../../images/image-options.ts'
import { computeTaps, type Taps } from '../../images/taps.ts'
import { shrinkModule } from './shrink-module.data.ts'

interface Exports {
  readonly memory: WebAssembly.Memory
  /** Mixes one line from several, which are `stride` bytes apart. */
  mixLines(from: number, stride: number, to: number, bytes: number, weights: number, lines: number): void
  /** Mixes a shorter line from one; `firsts` are the starts of each pixel's sum. */
  mixPixels(from: number, to: number, width: number, firsts: number, weights: number, pixels: number): void
}

type Target = Pick<ImageSettings, 'width' | 'height' | 'resize'>

/** The sum of the weights of a pixel. */
const weightSum = 2 ** 14

/** The most bytes that the module reads and writes beyond the end of a line. */
const slack = 64

/** The plan for regions of one size: weights, and the addresses of all buffers in the module's memory. */
interface Layout {
  readonly key: string
  readonly lines: FixedTaps
  readonly pixels: FixedTaps
  readonly addresses: {
    readonly [name in 'lineWeights' | 'pixelWeights' | 'firsts' | 'source' | 'mixed' | 'result']: number
  }
}

/** 16-bit weights, the same number for each new pixel, padded with zeros. */
interface FixedTaps {
  readonly firsts: readonly number[]
  readonly perPixel: number
  readonly values: Int16Array
}

export const shrinkCode = (): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(shrinkModule, 'base64'))

/**
 * Shrinks RGB pictures as libvips does: along y, then along x, rounded to bytes in between. It computes in whole numbers, so
 * every machine makes the same bytes.
 */
export class Shrinker {
  readonly #exports: Exports
  #layout: Layout | undefined

  constructor(module: WebAssembly.Module) {
    this.#exports = new WebAssembly.Instance(module).exports as unknown as Exports
  }

  /**
   * @param pixels 3 bytes per pixel, in lines of `width` pixels
   * @param region at least as large as the target
   * @param into [target.height, target.width, 3]
   */
  shrink(pixels: Uint8Array, width: number, region: Region, target: Target, into: Uint8Array): void {
    const { lines, pixels: row, addresses } = this.#findLayout(region, target)
    const { memory, mixLines, mixPixels } = this.#exports
    const bytes = new Uint8Array(memory.buffer)
    const { source, mixed, result, lineWeights, pixelWeights, firsts } = addresses
    const [from, line] = [3 * (region.top * width + region.left), 3 * region.width]
    if (region.width === width) bytes.set(pixels.subarray(from, from + line * region.height), source)
    else
      for (let y = 0; y < region.height; y++) {
        const at = from + 3 * y * width
        bytes.set(pixels.subarray(at, at + line), source + y * line)
      }
    for (let y = 0; y < target.height; y++) {
      const weights = lineWeights + 2 * y * lines.perPixel
      mixLines(source + lines.firsts[y]! * line, line, mixed, line, weights, lines.perPixel)
      mixPixels(mixed, result + 3 * y * target.width, target.width, firsts, pixelWeights, row.perPixel)
    }
    into.set(bytes.subarray(result, result + 3 * target.width * target.height))
  }

  #findLayout(region: Region, { width, height, resize }: Target): Layout {
    const key = [region.width, region.height, width, height, resize].join(' ')
    if (this.#layout?.key === key) return this.#layout
    const lines = toFixedTaps(computeTaps(region.height, height, resize), 2)
    const pixels = toFixedTaps(computeTaps(region.width, width, resize), 4)
    let end = 0
    const reserve = (bytes: number): number => {
      const at = end
      // The module also reads lines beyond the last one, with weight 0.
      end = at + Math.ceil((bytes + slack) / 16) * 16
      return at
    }
    const addresses = {
      lineWeights: reserve(lines.values.byteLength),
      pixelWeights: reserve(pixels.values.byteLength),
      firsts: reserve(4 * width),
      source: reserve(3 * region.width * (region.height + lines.perPixel)),
      mixed: reserve(3 * (region.width + pixels.perPixel)),
      result: reserve(3 * width * height),
    }
    const { memory } = this.#exports
    const missing = end - memory.buffer.byteLength
    if (missing > 0) memory.grow(Math.ceil(missing / 2 ** 16))
    new Int16Array(memory.buffer, addresses.lineWeights).set(lines.values)
    new Int16Array(memory.buffer, addresses.pixelWeights).set(pixels.values)
    new Uint32Array(memory.buffer, addresses.firsts).set(pixels.firsts.map(first => 3 * first))
    this.#layout = { key, lines, pixels, addresses }
    return this.#layout
  }
}

/** Rounds weights to whole numbers that sum to `weightSum`, so that a flat area keeps its level. */
function toFixedTaps(all: readonly Taps[], multiple: number): FixedTaps {
  const perPixel = Math.ceil(Math.max(...all.map(({ weights }) => weights.length)) / multiple) * multiple
  const values = new Int16Array(all.length * perPixel)
  for (const [i, { weights }] of all.entries()) {
    const shares = Array.from(weights, weight => Math.round(weight * weightSum))
    const largest = shares.indexOf(Math.max(...shares))
    shares[largest]! += weightSum - shares.reduce((sum, share) => sum + share, 0)
    values.set(shares, i * perPixel)
  }
  return { firsts: all.map(({ first }) => first), perPixel, values }
}
