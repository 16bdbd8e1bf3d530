import { lstat } from 'node:fs/promises'
import { isGankitError } from '@gankit/core'
import type { StepFile } from '@gankit/experiment/node'
import type { Picture, Samples } from '@gankit/visualization'
import type { Grid } from '@gankit/visualization/node'
import { readSampleFile } from './sample-file.ts'

/** The pictures that a report holds at most, and their bytes: a larger one is slow to open, and too large to send. */
const limits = { grids: 120, bytes: 20e6 }

/**
 * Reads pictures for a report: all, or as many as it can hold, evenly over the steps, the first and the last included.
 * Those that can't be read are left out.
 * @param run the folder of the run
 */
export async function readGrids(
  run: string,
  samples: readonly StepFile[],
  { grids, bytes }: { readonly grids: number; readonly bytes: number } = limits,
): Promise<Grid[]> {
  if (samples.length === 0) return []
  const sizes = await Promise.all(samples.map(async ({ path }) => (await lstat(path)).size))
  const largest = Math.max(1, ...sizes)
  const count = Math.min(samples.length, grids, Math.max(2, Math.floor(bytes / largest)))
  const chosen = Array.from({ length: count }, (_, i) =>
    Math.round((i * (samples.length - 1)) / Math.max(1, count - 1)),
  )
  const read = async ({ step, path }: StepFile): Promise<Grid | undefined> => {
    try {
      return { step, png: await readSampleFile(path, run) }
    } catch (error) {
      if (!isGankitError(error)) throw error
      return undefined
    }
  }
  const found = await Promise.all(chosen.map(i => read(samples[i]!)))
  return found.filter(grid => grid !== undefined)
}

/** Reads the picture of real samples of a run; undefined for an earlier run, which has none, and for what is no such file. */
export async function readRealSamples(path: string, run: string): Promise<Uint8Array | undefined> {
  try {
    const png = await readSampleFile(path, run)
    return png.length <= limits.bytes ? png : undefined
  } catch (error) {
    if (!isGankitError(error)) throw error
    return undefined
  }
}

/** The layout of the grids of `gankit train`: samples across and down, and the pixels between two. */
const tilesAcross = 8
const gap = 2

/**
 * Cuts a run's grid into its samples, which are easier to see in a terminal than the whole grid made small.
 * @returns undefined for a picture that is laid out another way
 */
export function cutGrid({ width, height, channels, data }: Picture): Samples | undefined {
  const tileSide = (length: number) => (length - (tilesAcross - 1) * gap) / tilesAcross
  const [tileWidth, tileHeight] = [tileSide(width), tileSide(height)]
  if (![tileWidth, tileHeight].every(length => Number.isInteger(length) && length > 0)) return undefined
  const samples = new Uint8Array(tilesAcross * tilesAcross * tileWidth * tileHeight * channels)
  let at = 0
  for (let tile = 0; tile < tilesAcross * tilesAcross; tile++)
    for (let y = 0; y < tileHeight; y++) {
      const row = Math.floor(tile / tilesAcross) * (tileHeight + gap) + y
      const from = (row * width + (tile % tilesAcross) * (tileWidth + gap)) * channels
      samples.set(data.subarray(from, from + tileWidth * channels), at)
      at += tileWidth * channels
    }
  return { samples, sampleShape: [tileHeight, tileWidth, channels] }
}
