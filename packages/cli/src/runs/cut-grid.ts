import type { Picture, Samples } from '@gankit/visualization'

/** How `gankit train` lays its grids out: samples across and down, and the pixels between two. */
const across = 8
const gap = 2

/**
 * Cuts a run's grid into its samples, which read better in a terminal than the whole picture, made small.
 * @returns undefined for a grid that is laid out another way
 */
export function cutGrid({ width, height, channels, data }: Picture): Samples | undefined {
  const side = (length: number) => (length - (across - 1) * gap) / across
  const [tileWidth, tileHeight] = [side(width), side(height)]
  if (![tileWidth, tileHeight].every(length => Number.isInteger(length) && length > 0)) return undefined
  const samples = new Uint8Array(across * across * tileWidth * tileHeight * channels)
  let at = 0
  for (let tile = 0; tile < across * across; tile++)
    for (let y = 0; y < tileHeight; y++) {
      const row = Math.floor(tile / across) * (tileHeight + gap) + y
      const from = (row * width + (tile % across) * (tileWidth + gap)) * channels
      samples.set(data.subarray(from, from + tileWidth * channels), at)
      at += tileWidth * channels
    }
  return { samples, sampleShape: [tileHeight, tileWidth, channels] }
}
