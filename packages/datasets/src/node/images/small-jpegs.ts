import { type ImageSettings, regionOf } from '../../images/image-options.ts'
import { jpegTurboVersion } from './jpeg-turbo.ts'
import type { Listing } from './picture-file.ts'
import { shrinkCode } from './shrink.ts'
import type { Size } from './small-jpeg.ts'
import { type SmallJpegPool, startSmallJpegPool } from './small-jpeg-pool.ts'

/** Changes when a small JPEG would come out in other bytes. */
export const smallJpegVersion: string = `small JPEGs 1, libjpeg-turbo ${jpegTurboVersion}`

/** The small JPEGs of a listing, whose threads are started when the first are asked for. */
export interface SmallJpegsOf {
  /** Samples of files `from` to `to` − 1, undefined for each that libvips has to look at. */
  samples(from: number, to: number): Promise<readonly (Uint8Array | undefined)[]>
  end(): Promise<void>
}

interface Pictures {
  readonly listing: Listing
  readonly settings: ImageSettings
  /** The only size that is right, where there is one. */
  readonly expected?: Size
}

/**
 * @returns undefined where all is for libvips: grey samples, those of nearest pixels, and a processor without
 *   WebAssembly's SIMD
 */
export function smallJpegsOf({ listing, settings, expected }: Pictures): SmallJpegsOf | undefined {
  const { width, height, channels, resize } = settings
  if (channels !== 3 || resize === 'nearest' || !WebAssembly.validate(shrinkCode())) return undefined
  const { files } = listing
  let pool: Promise<SmallJpegPool> | undefined
  let ahead: { from: number; samples: ReturnType<SmallJpegPool['samplesOf']> } | undefined
  const work = {
    count: files.length,
    target: { width, height, resize },
    regionOf(size: Size) {
      if (expected && (size.width !== expected.width || size.height !== expected.height)) return undefined
      const region = regionOf(settings, size)
      // libvips enlarges in a way of its own.
      return region && region.width >= width && region.height >= height ? region : undefined
    },
  }
  return {
    async samples(from, to) {
      pool ??= startSmallJpegPool(work)
      const { samplesOf } = await pool
      const now = ahead?.from === from ? ahead.samples : samplesOf(files.slice(from, to))
      // While these are written to the disk the threads go on.
      ahead = { from: to, samples: samplesOf(files.slice(to, to + to - from)) }
      return await now
    },
    async end() {
      const started = await pool?.catch(() => undefined)
      pool = undefined
      await started?.end()
    },
  }
}
