import { formatBytes, GankitError } from '@gankit/core'
import { formatCount } from './summary.ts'

/**
 * The most weights of a GAN. Training holds a weight four to five times: itself, its gradient, Adam's two moments and
 * often an average; WebAssembly has room for 2³⁰ numbers.
 */
export const maxWeights: number = 2 ** 28

export interface WeightCheck {
  /** The package that makes the networks, for the error. */
  readonly package: string
  /** The option that gives the shape of a sample. */
  readonly option: string
  readonly shape: readonly number[]
  /** Estimates the weights of both networks for samples of another shape. */
  count(shape: readonly number[]): number
  /** The options by which layers get narrower: 'hidden', 'base or maxFilters'. */
  readonly widths: string
}

/**
 * Refuses networks that no machine could train here, before the first weight is made.
 * @throws GankitError that says which samples would fit
 */
export function checkWeightCount({ package: from, option, shape, count, widths }: WeightCheck): void {
  const weights = count(shape)
  if (weights <= maxWeights) return
  const fits = findFittingShape(shape, count)
  const advice = [...(fits ? [`samples of ${fits.join('×')} would fit`] : []), `narrower layers (${widths})`]
  throw new GankitError(
    from,
    'option',
    `${option} is ${shape.join('×')}: the networks would have ${formatCount(weights)} weights, ${formatBytes(4 * weights)} before gradients and moments, expected at most ${formatCount(maxWeights)}: ${advice.join(', or take ')}`,
  )
}

/** The largest shape of the same proportions that fits; the channels of an image stay. @returns undefined if none does */
function findFittingShape(
  shape: readonly number[],
  count: (shape: readonly number[]) => number,
): readonly number[] | undefined {
  const sides = shape.length > 2 ? shape.length - 1 : shape.length
  const most = Math.max(...shape.slice(0, sides))
  const scale = (side: number) =>
    shape.map((length, axis) => (axis < sides ? Math.max(1, Math.floor((length * side) / most)) : length))
  let [fitting, tooLarge] = [0, most]
  while (tooLarge - fitting > 1) {
    const middle = Math.floor((fitting + tooLarge) / 2)
    if (count(scale(middle)) <= maxWeights) fitting = middle
    else tooLarge = middle
  }
  return fitting > 0 ? scale(fitting) : undefined
}
