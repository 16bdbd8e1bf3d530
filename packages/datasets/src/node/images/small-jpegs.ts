import { findCropRegion, type ImageSettings, type Size } from '../../images/image-options.ts'
import { jpegTurboVersion } from './jpeg-turbo.ts'
import type { Listing } from './picture-file.ts'
import { shrinkCode } from './shrink.ts'
import { type SmallJpegPool, startSmallJpegPool } from './small-jpeg-pool.ts'

/** Changes with every change that changes the samples of small JPEGs. */
export const smallJpegVersion: string = `small JPEGs 1, libjpeg-turbo ${jpegTurboVersion}`

/** Decodes the small JPEGs of a listing; the first request starts its threads. */
export interface SmallJpegDecoder {
  /** Samples of files `from` to `to` − 1; undefined for each that libvips has to decode. */
  decode(from: number, to: number): Promise<readonly (Uint8Array | undefined)[]>
  end(): Promise<void>
}

/**
 * @param expectedSize the size that every picture has to have, where there is one
 * @returns undefined where libvips has to decode all: for gray samples, for 'nearest', and on a processor without
 *   WebAssembly's SIMD
 */
export function createSmallJpegDecoder(
  { files }: Listing,
  settings: ImageSettings,
  expectedSize?: Size,
): SmallJpegDecoder | undefined {
  const { width, height, channels, resize } = settings
  if (channels !== 3 || resize === 'nearest' || !WebAssembly.validate(shrinkCode())) return undefined
  let pool: Promise<SmallJpegPool> | undefined
  let ahead: { from: number; samples: ReturnType<SmallJpegPool['makeSamples']> } | undefined
  const work = {
    count: files.length,
    target: { width, height, resize },
    findRegion(size: Size) {
      if (expectedSize && (size.width !== expectedSize.width || size.height !== expectedSize.height))
        return undefined
      const region = findCropRegion(settings, size)
      // libvips enlarges by another method.
      return region && region.width >= width && region.height >= height ? region : undefined
    },
  }
  return {
    async decode(from, to) {
      pool ??= startSmallJpegPool(work)
      const { makeSamples } = await pool
      const current = ahead?.from === from ? ahead.samples : makeSamples(files.slice(from, to))
      // The threads continue while these samples are written to the disk.
      ahead = { from: to, samples: makeSamples(files.slice(to, to + to - from)) }
      return await current
    },
    async end() {
      const started = await pool?.catch(() => undefined)
      pool = undefined
      await started?.end()
    },
  }
}
