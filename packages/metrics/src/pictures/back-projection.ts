import type { Picture, PictureMetric, PictureOptions } from './picture.ts'
import { psnr } from './psnr.ts'

/**
 * How well an enlarged picture agrees with the small one that it was made from: the PSNR in dB of the enlarged picture, reduced
 * again, against the small one. The right answer has an infinite one only where `reduce` is the very function that made the
 * small pictures; of an enlargement that invents nothing that contradicts its input it is 40 dB or more.
 * @param enlarged the output of a generator
 * @param small its input
 * @param reduce makes a picture of the size of `small`; `reduceByMean` is one
 * @throws GankitError where it makes another size, and as `psnr`
 */
export function backProjection(
  enlarged: Picture,
  small: Picture,
  reduce: (enlarged: Picture) => Picture,
  options: PictureOptions = {},
): PictureMetric {
  return psnr(reduce(enlarged), small, options)
}
