import { arrangeWalk, type Samples } from '@gankit/inference'
import { type Picture, quietBackground, samplePictures, tileGrid } from '@gankit/visualization'
import { animationScale, gridScale } from '../terminal/pictures.ts'

/** Frames of samples as pictures, each of a tile a sample, all with the lines that fit the first one: lines must not flicker. */
export function drawFrames(frames: readonly Samples[]): Picture[] {
  const tiles = frames.map(({ samples, sampleShape }) => ({ samples: samples as Float32Array, sampleShape }))
  const background = quietBackground(samplePictures(tiles[0]!))
  const scale = animationScale(tiles[0]!.sampleShape, frames[0]!.count)
  return tiles.map(tile => tileGrid({ ...tile, background, scale }))
}

/** Frames of samples as one picture: each row has the frames of one sample. */
export function drawRows(frames: readonly Samples[]): Picture {
  const grid = arrangeWalk(frames)
  return tileGrid({ ...grid, scale: gridScale(grid.sampleShape) })
}
