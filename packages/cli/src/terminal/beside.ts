import type { Samples } from '@gankit/inference'
import { type Besides, besideGrid } from '@gankit/visualization'
import { gridScale, type SamplesPicture } from './pictures.ts'

/** Outputs beside their inputs and targets, as `besideGrid` lays them out; undefined where it can't. */
export function drawBeside(outputs: Samples, besides: Besides): SamplesPicture | undefined {
  const picture = besideGrid(outputs, besides, gridScale(outputs.sampleShape))
  return picture && { kind: 'picture', picture, preview: picture }
}
