import type { ImageSettings, Region } from '../../images/image-options.ts'
import { JpegTurbo, jpegTurboCode } from './jpeg-turbo.ts'
import { type FileAsListed, readAsListed } from './picture-file.ts'
import { plainJpegSize } from './plain-jpeg.ts'
import { Shrinker, shrinkCode } from './shrink.ts'

/** The modules of WebAssembly that make samples of small JPEGs, compiled once; threads may share them. */
export interface SmallJpegModules {
  readonly decoder: WebAssembly.Module
  readonly shrinker: WebAssembly.Module
}

export type Target = Pick<ImageSettings, 'width' | 'height' | 'resize'>

export interface Size {
  readonly width: number
  readonly height: number
}

/** Pictures, and what is taken of those of a size, null for nothing, where that was asked for. */
export interface SmallJpegRequest {
  readonly pictures: readonly (FileAsListed | Uint8Array)[]
  readonly regions: readonly (readonly [Size, Region | null])[]
}

/** What has become of each picture: a sample, a question what to take of its size, or nothing. */
export interface SmallJpegReply {
  readonly found: readonly (true | Size | undefined)[]
  /** Room for a sample of each. */
  readonly samples: Uint8Array<ArrayBuffer>
}

/** Beyond so many pixels, and bytes, libvips gains more by its native code than it loses at the start of a picture. */
export const small: { readonly pixels: number; readonly bytes: number } = { pixels: 2 ** 18, bytes: 2 ** 20 }

export async function smallJpegModules(): Promise<SmallJpegModules> {
  const [decoder, shrinker] = await Promise.all([
    WebAssembly.compile(jpegTurboCode()),
    WebAssembly.compile(shrinkCode()),
  ])
  return { decoder, shrinker }
}

/** Makes samples of small JPEGs that have nothing unusual; what it does not take, libvips has to. */
export class SmallJpegs {
  readonly #decoder: JpegTurbo
  readonly #shrinker: Shrinker
  readonly #target: Target
  readonly #regions = new Map<string, Region | null>()

  constructor({ decoder, shrinker }: SmallJpegModules, target: Target) {
    this.#decoder = new JpegTurbo(decoder)
    this.#shrinker = new Shrinker(shrinker)
    this.#target = target
  }

  answer({ pictures, regions }: SmallJpegRequest): SmallJpegReply {
    for (const [size, region] of regions) this.#regions.set(keyOf(size), region)
    const length = 3 * this.#target.width * this.#target.height
    const samples = new Uint8Array(pictures.length * length)
    const found = pictures.map((picture, i) => {
      const file = picture instanceof Uint8Array ? picture : readAsListed(picture)
      return file && this.#sample(file, samples.subarray(i * length, (i + 1) * length))
    })
    return { found, samples }
  }

  #sample(file: Uint8Array, into: Uint8Array): true | Size | undefined {
    const size = plainJpegSize(file)
    if (!size || size.width * size.height > small.pixels) return undefined
    const region = this.#regions.get(keyOf(size))
    if (!region) return region === undefined ? size : undefined
    const pixels = this.#decoder.decode(file, size.width, size.height)
    if (!pixels) return undefined
    this.#shrinker.shrink(pixels, size.width, region, this.#target, into)
    return true
  }
}

const keyOf = ({ width, height }: Size) => `${width}×${height}`
