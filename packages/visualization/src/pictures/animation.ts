import { checkInteger, GankitError } from '@gankit/core'
import { checkPicture, type Picture } from './picture.ts'

export interface AnimationOptions {
  /**
   * Milliseconds that each picture stays, from 20, in steps of 10: one number for all, or one for each. Browsers lengthen shorter
   * delays. Default 60.
   */
  readonly delay?: number | readonly number[]
  /** Whether the animation repeats without end; otherwise it plays once. Default true. */
  readonly loop?: boolean
}

/** @throws GankitError for no pictures, pictures of several shapes, and sides above `maxSide` pixels */
export function checkAnimation(pictures: readonly Picture[], maxSide: number): void {
  const [first] = pictures
  if (!first)
    throw new GankitError('visualization', 'data', 'got no pictures, expected at least 1 for an animation')
  checkInteger('visualization', 'width', first.width, 1, maxSide)
  checkInteger('visualization', 'height', first.height, 1, maxSide)
  const formatShape = ({ height, width, channels }: Picture) => `${height} × ${width} × ${channels}`
  for (const [i, picture] of pictures.entries()) {
    checkPicture(picture)
    if (formatShape(picture) !== formatShape(first))
      throw new GankitError(
        'visualization',
        'data',
        `picture ${i} is ${formatShape(picture)}, expected ${formatShape(first)} like the first: an animation has one shape`,
      )
  }
}

/** The delay of each picture. @throws GankitError for one below 20 or above `max`, and a list of another length */
export function listDelays(
  delay: NonNullable<AnimationOptions['delay']>,
  count: number,
  max: number,
): readonly number[] {
  const delays = typeof delay === 'number' ? Array<number>(count).fill(delay) : delay
  if (delays.length !== count)
    throw new GankitError(
      'visualization',
      'option',
      `delay has ${delays.length} numbers, expected one, or ${count}, one for each picture`,
    )
  for (const each of new Set(delays)) checkInteger('visualization', 'delay', each, 20, max)
  return delays
}
