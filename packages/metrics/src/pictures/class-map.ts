import { throwDataError } from '../features/feature-rows.ts'
import { checkPicture, type Picture } from './picture.ts'

/**
 * The class of each pixel of a map with a channel for each class: the channel with the greatest number. Of scores, logits and
 * probabilities alike.
 * @throws GankitError for fewer than two channels
 */
export function classesOf(map: Picture): Int32Array {
  checkPicture('the class map', map)
  const { values, shape } = map
  const channels = shape[2]
  if (channels < 2)
    throwDataError(
      `a class map has ${channels} channel, expected one for each class: give each class a channel of its own`,
    )
  const classes = new Int32Array(shape[0] * shape[1])
  for (let pixel = 0; pixel < classes.length; pixel++) {
    let best = 0
    for (let c = 1; c < channels; c++)
      if (values[pixel * channels + c]! > values[pixel * channels + best]!) best = c
    classes[pixel] = best
  }
  return classes
}

/**
 * The true class of each pixel: as `classesOf`, of a map that has the same high number in one channel of each pixel and the
 * same low one in all others.
 * @throws GankitError for other maps: a picture with colors for classes would be misread
 */
export function trueClassesOf(map: Picture): Int32Array {
  const classes = classesOf(map)
  const { values, shape } = map
  const channels = shape[2]
  const high = values[classes[0]!]!
  const low = values[classes[0] === 0 ? 1 : 0]!
  for (let i = 0; i < values.length; i++) {
    const isClass = classes[Math.floor(i / channels)] === i % channels
    if (values[i] === (isClass ? high : low)) continue
    throwDataError(
      `the target has ${values[i]} in channel ${i % channels} of a pixel, expected ${high} in the channel of its class and ${low} in all others: metrics of classes take label maps with a channel for each class`,
    )
  }
  return classes
}
