import { basename, resolve } from 'node:path'
import { type Dataset, GankitError } from '@gankit/core'
import { parseImageOptions } from '../../images/image-options.ts'
import type { ImageOptions } from '../../options.ts'
import { listPictures } from '../image-folder.ts'
import { packPictures } from '../images/pack-pictures.ts'
import type { PackOptions } from '../packed/plan.ts'
import { divideSides, noSidesError } from './sides.ts'

export interface UnpairedImagesOptions extends Omit<ImageOptions, 'labels'>, PackOptions {
  /** The folder whose pictures are samples: 'a' for A or trainA, 'b' for B or trainB. */
  readonly side?: 'a' | 'b' | 'both'
}

/**
 * One side of a set of two sides that aren't paired, as those of CycleGAN: the pictures of the folder A (or trainA) or B (or trainB)
 * in a folder or a zip.
 * @returns samples [height, width, channels]
 * @throws GankitError for an option out of range, a path without such folders, no picture at all, or more than 5% skipped
 */
export async function unpairedImages(
  path: string,
  { side, ...options }: UnpairedImagesOptions,
): Promise<Dataset> {
  if (side !== 'a' && side !== 'b')
    throw new GankitError(
      'datasets',
      'option',
      `side is ${side ?? 'missing'}, expected a or b, as pictures of the two sides don't belong together: choose one (--side a)`,
      { option: 'side' },
    )
  const settings = parseImageOptions(options)
  const absolute = resolve(path)
  const listing = await listPictures(absolute)
  try {
    const sides = divideSides(absolute, listing.files)
    if (!sides) throw noSidesError(absolute)
    const files = sides[side].map(({ file }) => file)
    const identity = { kind: 'unpaired pictures', path: absolute, side }
    return await packPictures(
      { name: `${basename(absolute)}-${side}`, identity, listing: { ...listing, files }, settings },
      options,
    )
  } catch (error) {
    await listing.close?.()
    throw error
  }
}
