import type { Distribution } from '@gankit/core'
import { distribution } from '@gankit/datasets'

/**
 * A distribution that is scaled and moved: x → scale·x + shift. Its density, modes and extent go along.
 * @param shift one number per dimension
 */
export function affine(of: Distribution, scale: number, shift: readonly number[]): Distribution {
  const { dimensions } = of
  const forth = (value: number, axis: number) => scale * value + shift[axis]!
  const { density, modes } = of
  return distribution({
    name: of.name,
    dimensions: dimensions as 1 | 2,
    sample: (random, count) =>
      of.sample(random, count).map((value, index) => forth(value, index % dimensions)),
    ...(density && {
      density: points => {
        const back = Float64Array.from(points, (value, index) => (value - shift[index % dimensions]!) / scale)
        return density(back).map(value => value / scale ** dimensions)
      },
    }),
    ...(modes && {
      modes: { centers: modes.centers.map(center => center.map(forth)), std: modes.std * scale },
    }),
    extent: of.extent.map(([min, max], axis) => [forth(min, axis), forth(max, axis)] as const),
  })
}
