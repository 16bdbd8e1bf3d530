import { checkRows, type FeatureRows, refuse } from '../feature-rows.ts'

/** Points as rows. @throws GankitError for none, part of one, or numbers that are not finite */
export function pointsOf(samples: ArrayLike<number>, dimensions: number): FeatureRows {
  const values =
    samples instanceof Float32Array || samples instanceof Float64Array ? samples : Float64Array.from(samples)
  if (values.length % dimensions !== 0)
    refuse(
      `samples are ${values.length} numbers, expected points of ${dimensions}: pass [n, ${dimensions}], row by row`,
    )
  const points = { values, count: values.length / dimensions, size: dimensions }
  checkRows('samples', points, 1)
  return points
}
