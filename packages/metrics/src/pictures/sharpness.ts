import { throwDataError } from '../features/feature-rows.ts'
import { checkPicture, type Picture } from './picture.ts'

/**
 * The mean length of a picture's gradient: of √(right² + down²) over pixels and channels, where right and down are the
 * differences from the neighbors on these sides. In units of the picture's numbers.
 * @throws GankitError for a picture of a single row or column, and numbers that are not finite
 */
export function meanGradient(picture: Picture): number {
  checkPicture('the picture', picture)
  const { values, shape } = picture
  const [height, width, channels] = shape
  if (Math.min(height, width) < 2)
    throwDataError(`a picture is ${height}×${width}, expected at least 2×2 for a gradient`)
  let sum = 0
  for (let y = 0; y < height - 1; y++)
    for (let x = 0; x < width - 1; x++)
      for (let c = 0; c < channels; c++) {
        const at = (y * width + x) * channels + c
        const value = values[at]!
        sum += Math.hypot(values[at + channels]! - value, values[at + width * channels]! - value)
      }
  return sum / ((height - 1) * (width - 1) * channels)
}

/**
 * The mean gradient of pictures as a share of that of real ones: 1 for pictures as sharp, below it for blurred ones such as a
 * mean of several answers, above it for noise. Both may be of any number, as single pictures aren't compared.
 * @throws GankitError for no pictures, for real ones that are all flat, and as `meanGradient`
 */
export function sharpness(pictures: Iterable<Picture>, real: Iterable<Picture>): number {
  const ofReal = averageGradient('the real pictures', real)
  if (ofReal === 0)
    throwDataError('the real pictures are flat, expected some with edges that others can be held against')
  return averageGradient('the pictures', pictures) / ofReal
}

function averageGradient(name: string, pictures: Iterable<Picture>): number {
  let [sum, count] = [0, 0]
  for (const picture of pictures) {
    sum += meanGradient(picture)
    count += 1
  }
  if (count === 0) throwDataError(`${name} are none, expected at least one`)
  return sum / count
}
