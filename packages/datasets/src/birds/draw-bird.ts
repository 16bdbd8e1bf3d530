import { type DrawnPicture, renderRgb } from '../drawn/renderer.ts'
import { reduceSample } from '../images/bicubic.ts'
import type { BirdSettings } from './bird-options.ts'
import { formatBirdSvg } from './bird-svg.ts'
import { chooseBird } from './choose-bird.ts'

/** Goes up with every change of choices, names or drawing, so that caches of an earlier version are made anew. */
export const birdVersion = 1

/** Draws bird `index`; await `startRenderer` before. */
export function drawBird({ seed, size, reduce }: BirdSettings, index: number): DrawnPicture {
  const { bird, attributes, random } = chooseBird(seed, index)
  const drawn = renderRgb(formatBirdSvg(bird, random), size)
  return { bytes: reduceSample(drawn, { width: size, height: size, channels: 3, reduce }), attributes }
}
