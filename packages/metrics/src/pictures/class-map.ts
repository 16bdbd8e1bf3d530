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

/** The color of each class, class 0 first: red, green and blue, 0 to 255. */
export type ClassPalette = readonly (readonly [red: number, green: number, blue: number])[]

/** By how many levels a true map's colors may miss those of a palette: a picture that went through a lossy format misses by more. */
const maxMiss = 2

/**
 * The class of each pixel of a picture in the colors of a palette: that of the nearest color.
 * @param isTrue whether the picture is the truth, whose colors must be those of the palette
 * @throws GankitError for other pictures than [h, w, 3], and for a color of the truth that no class has
 */
export function classesOfColors(
  { values, shape }: Picture,
  palette: ClassPalette,
  { isTrue = false }: { readonly isTrue?: boolean } = {},
): Int32Array {
  if (shape[2] !== 3)
    throwDataError(
      `a label map has ${shape[2]} channels, expected 3: it is a picture in the colors of its classes`,
    )
  return Int32Array.from({ length: shape[0] * shape[1] }, (_, pixel) => {
    const color = [0, 1, 2].map(c => (values[3 * pixel + c]! + 1) * 127.5)
    const misses = palette.map(one => color.map((level, c) => Math.abs(level - one[c]!)))
    const distances = misses.map(miss => miss.reduce((sum, level) => sum + level ** 2, 0))
    const nearest = distances.indexOf(Math.min(...distances))
    if (isTrue && Math.max(...misses[nearest]!) > maxMiss)
      throwDataError(
        `a true label map has the color ${color.map(Math.round).join(' ')}, which no class has, expected one of ${palette.map(one => one.join(' ')).join(', ')}: bring label maps in these colors, as PNGs`,
      )
    return nearest
  })
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
