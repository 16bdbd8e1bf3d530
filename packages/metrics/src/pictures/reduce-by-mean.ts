import { checkInteger } from '@gankit/core'
import { throwDataError } from '../features/feature-rows.ts'
import { checkPicture, type Picture, type Plane } from './picture.ts'

/**
 * A picture whose pixels are the means of `factor` × `factor` pixels.
 * @throws GankitError for sides that the factor doesn't divide
 */
export function reduceByMean(picture: Picture, factor: number): Picture {
  checkInteger('metrics', 'factor', factor, 1)
  checkPicture('the picture', picture)
  const [height, width, channels] = picture.shape
  if (height % factor > 0 || width % factor > 0)
    throwDataError(
      `a picture of ${height}×${width} is to be reduced by ${factor}, expected sides that ${factor} divides: crop it`,
    )
  const values = new Float64Array((height / factor) * (width / factor) * channels)
  for (let channel = 0; channel < channels; channel++) {
    const plane = Float64Array.from(
      { length: height * width },
      (_, i) => picture.values[i * channels + channel]!,
    )
    for (const [i, value] of reducePlane({ values: plane, height, width }, factor).values.entries())
      values[i * channels + channel] = value
  }
  return { values, shape: [height / factor, width / factor, channels] }
}

/** A plane whose numbers are the means of `factor` × `factor` numbers; rows and columns that are left over are dropped. */
export function reducePlane(plane: Plane, factor: number): Plane {
  const [height, width] = [Math.floor(plane.height / factor), Math.floor(plane.width / factor)]
  const values = new Float64Array(height * width)
  for (let y = 0; y < height * factor; y++)
    for (let x = 0; x < width * factor; x++)
      values[Math.floor(y / factor) * width + Math.floor(x / factor)]! += plane.values[y * plane.width + x]!
  for (let i = 0; i < values.length; i++) values[i]! /= factor ** 2
  return { values, height, width }
}
