import type { ImageSettings, Region, Size } from '../../images/image-options.ts'
import { JpegTurbo, jpegTurboCode } from './jpeg-turbo.ts'
import { type ListedFile, readListedFile } from './picture-file.ts'
import { readPlainJpegSize } from './plain-jpeg.ts'
import { Shrinker, shrinkCode } from './shrink.ts'

/** The WebAssembly modules that make samples of small JPEGs, compiled once; threads may share them. */
export interface SmallJpegModules {
  readonly decoder: WebAssembly.Module
  readonly shrinker: WebAssembly.Module
}

export type Target = Pick<ImageSettings, 'width' | 'height' | 'resize'>

/** Pictures, and the crop region for each size that an earlier reply asked about; null refuses pictures of that size. */
export interface SmallJpegRequest {
  readonly pictures: readonly (ListedFile | Uint8Array)[]
  readonly regions: readonly (readonly [Size, Region | null])[]
}

/** The samples of a request. */
export interface SmallJpegReply {
  /** For each picture: true for a sample, its size where the crop region is needed, undefined where libvips has to decode. */
  readonly found: readonly (true | Size | undefined)[]
  /** One sample's bytes per picture, filled where there is a sample. */
  readonly samples: Uint8Array<ArrayBuffer>
}

/** Limits of a small JPEG: beyond them libvips gains more by its native code than it loses at the start of a picture. */
export const maxSmallJpeg: { readonly pixels: number; readonly bytes: number } = {
  pixels: 2 ** 18,
  bytes: 2 ** 20,
}

export async function compileSmallJpegModules(): Promise<SmallJpegModules> {
  const [decoder, shrinker] = await Promise.all([
    WebAssembly.compile(jpegTurboCode()),
    WebAssembly.compile(shrinkCode()),
  ])
  return { decoder, shrinker }
}

/** Makes samples of small plain JPEGs; libvips has to decode the others. */
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
    for (const [size, region] of regions) this.#regions.set(formatSize(size), region)
    const length = 3 * this.#target.width * this.#target.height
    const samples = new Uint8Array(pictures.length * length)
    const found = pictures.map((picture, i) => {
      const file = picture instanceof Uint8Array ? picture : readListedFile(picture)
      return file && this.#sample(file, samples.subarray(i * length, (i + 1) * length))
    })
    return { found, samples }
  }

  #sample(file: Uint8Array, into: Uint8Array): true | Size | undefined {
    const size = readPlainJpegSize(file)
    if (!size || size.width * size.height > maxSmallJpeg.pixels) return undefined
    const region = this.#regions.get(formatSize(size))
    if (!region) return region === undefined ? size : undefined
    const pixels = this.#decoder.decode(file, size.width, size.height)
    if (!pixels) return undefined
    this.#shrinker.shrink(pixels, size.width, region, this.#target, into)
    return true
  }
}

const formatSize = ({ width, height }: Size) => `${width}×${height}`
