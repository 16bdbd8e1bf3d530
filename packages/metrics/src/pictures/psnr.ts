import { type Picture, type PictureMetric, type PictureOptions, planesOf, white } from './picture.ts'

/**
 * Peak signal-to-noise ratio in dB, 10 log₁₀(255² / MSE), where MSE is the mean square of all differences on a scale of 0 to
 * 255: over all channels for 'rgb'. Infinite for equal pictures. Numbers aren't rounded to whole levels, which would move
 * a PSNR of 40 dB by about 0.06. The peak of luma is 255 too, as in BasicSR, although its white is 235.
 * @throws GankitError for pictures of two shapes, numbers that are not finite, and a crop that leaves nothing
 */
export function psnr(first: Picture, second: Picture, options: PictureOptions = {}): PictureMetric {
  const planes = planesOf(first, second, options)
  let [sum, count] = [0, 0]
  for (const [channel, { values }] of planes.first.entries()) {
    const others = planes.second[channel]!.values
    for (let i = 0; i < values.length; i++) sum += (values[i]! - others[i]!) ** 2
    count += values.length
  }
  const value = 10 * Math.log10(white ** 2 / (sum / count))
  return { value, channels: planes.channels, crop: planes.crop }
}
