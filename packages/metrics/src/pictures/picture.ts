import { checkInteger, sizeOfShape } from '@gankit/core'
import { throwDataError } from '../features/feature-rows.ts'

/** One picture as plain numbers. */
export interface Picture {
  /** [height, width, channels], row-major. */
  readonly values: ArrayLike<number>
  readonly shape: readonly [height: number, width: number, channels: number]
}

/**
 * Cuts one picture out of a batch of samples, without a copy.
 * @param numbers [count, …shape]
 * @throws GankitError for a shape that is no picture's, and where the batch has no picture of that number
 */
export function cutPicture(numbers: Float32Array, shape: readonly number[], index: number): Picture {
  const size = sizeOfShape(shape)
  if (shape.length !== 3 || !(index >= 0) || (index + 1) * size > numbers.length)
    throwDataError(
      `${numbers.length} numbers hold no picture ${index} of ${shape.join('×')}, expected one of height×width×channels within them`,
    )
  return { values: numbers.subarray(index * size, (index + 1) * size), shape: shape as Picture['shape'] }
}

/** Which numbers of two pictures are compared. */
export interface PictureOptions {
  /**
   * 'rgb' compares all channels as they are. 'y' compares the luma of ITU-R BT.601 from 16 to 235, as MATLAB's rgb2ycbcr and
   * BasicSR compute it; a gray picture is its own luma, from 0 to 255. Default 'rgb'.
   */
  readonly channels?: 'y' | 'rgb'
  /** Pixels at each border that are left out, as is usual for enlarged pictures: as many as they were enlarged by. Default 0. */
  readonly crop?: number
  /** The numbers of black and white; what lies outside is cut off, as a picture file would. Default [−1, 1]. */
  readonly range?: readonly [black: number, white: number]
}

/** A number that was measured between two pictures, and on which of their numbers. */
export interface PictureMetric {
  readonly value: number
  readonly channels: 'y' | 'rgb'
  /** Pixels that were left out at each border. */
  readonly crop: number
}

/** The number of white, from black at 0. */
export const white = 255

/** One channel of a picture. */
export interface Plane {
  /** [height, width], row-major. */
  readonly values: Float64Array
  readonly height: number
  readonly width: number
}

/** The channels of two pictures that are compared, as many of each, from 0 to 255, and what was chosen. */
export interface ComparedPlanes {
  readonly first: readonly Plane[]
  readonly second: readonly Plane[]
  readonly channels: 'y' | 'rgb'
  readonly crop: number
}

/**
 * The planes of two pictures that options compare.
 * @throws GankitError for pictures of two shapes, numbers that are not finite, and nothing left between the borders
 */
export function planesOf(first: Picture, second: Picture, options: PictureOptions = {}): ComparedPlanes {
  const { channels = 'rgb', crop = 0, range = [-1, 1] } = options
  checkInteger('metrics', 'crop', crop, 0)
  checkPicture('the first picture', first)
  checkPicture('the second picture', second)
  checkSameShape(first, second)
  const [height, width, depth] = first.shape
  if (Math.min(height, width) <= 2 * crop)
    throwDataError(
      `pictures are ${height}×${width}, and ${crop} pixels are left out at each border, expected some to be left: take a smaller crop`,
    )
  if (channels === 'y' && depth !== 1 && depth !== 3)
    throwDataError(
      `pictures have ${depth} channels, expected 1 or 3 for luma: compare them with channels: 'rgb', which takes any`,
    )
  const split = (picture: Picture) =>
    (channels === 'y' && depth === 3 ? [lumaPlane(picture, range)] : channelPlanes(picture, range)).map(
      plane => cropPlane(plane, crop),
    )
  return { first: split(first), second: split(second), channels, crop }
}

/** @throws GankitError unless a picture has the numbers that its shape says, all of them finite */
export function checkPicture(name: string, { values, shape }: Picture): void {
  const [height, width, channels] = shape
  if (
    shape.length !== 3 ||
    !shape.every(side => Number.isSafeInteger(side) && side > 0) ||
    values.length !== height * width * channels
  )
    throwDataError(
      `${name} has ${values.length} numbers and the shape [${shape.join(', ')}], expected [height, width, channels] with as many numbers`,
    )
  for (let i = 0; i < values.length; i++)
    if (!Number.isFinite(values[i]!))
      throwDataError(
        `${name} has ${values[i]} among its numbers, expected finite ones: the generator has diverged, or a picture was divided by 0`,
      )
}

/** @throws GankitError for pictures of two shapes */
export function checkSameShape(first: Picture, second: Picture): void {
  if (String(first.shape) === String(second.shape)) return
  throwDataError(
    `the pictures of a pair are ${first.shape.join('×')} and ${second.shape.join('×')}, expected one shape: compare an output with its own target`,
  )
}

/** Each channel from 0 to 255. */
function channelPlanes(picture: Picture, range: readonly [number, number]): Plane[] {
  const [height, width, channels] = picture.shape
  return Array.from({ length: channels }, (_, channel) => {
    const values = new Float64Array(height * width)
    for (let i = 0; i < values.length; i++)
      values[i] = toLevel(picture.values[i * channels + channel]!, range)
    return { values, height, width }
  })
}

/** Y of ITU-R BT.601, from 16 to 235: 16 + (65.481 R + 128.553 G + 24.966 B) / 255. */
function lumaPlane(picture: Picture, range: readonly [number, number]): Plane {
  const [height, width] = picture.shape
  const [red, green, blue] = channelPlanes(picture, range) as [Plane, Plane, Plane]
  const values = red.values.map(
    (r, i) => 16 + (65.481 * r + 128.553 * green.values[i]! + 24.966 * blue.values[i]!) / white,
  )
  return { values, height, width }
}

function toLevel(value: number, [black, light]: readonly [number, number]): number {
  return white * Math.min(1, Math.max(0, (value - black) / (light - black)))
}

function cropPlane(plane: Plane, crop: number): Plane {
  if (crop === 0) return plane
  const [height, width] = [plane.height - 2 * crop, plane.width - 2 * crop]
  const values = new Float64Array(height * width)
  for (let y = 0; y < height; y++) {
    const from = (y + crop) * plane.width + crop
    values.set(plane.values.subarray(from, from + width), y * width)
  }
  return { values, height, width }
}
