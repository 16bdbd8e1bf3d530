import type { Dataset } from '@gankit/core'
import { type Picture, scatterPlot, tileGrid } from '@gankit/visualization'

/** How often something occurs. */
export interface Occurrence {
  readonly name: string
  readonly count: number
}

/** What `gankit data inspect --json` prints. */
export interface DataFindings {
  readonly spec: string
  readonly size: number
  readonly sampleShape: readonly number[]
  /** How many samples were looked at for all that follows: every one of a small set, a random part of a large one. */
  readonly looked: number
  readonly classes: readonly Occurrence[] | null
  readonly attributes: readonly { readonly name: string; readonly values: readonly Occurrence[] }[] | null
  readonly min: number
  readonly max: number
  readonly mean: number
  readonly skipped: number
  /** Why files were skipped, most frequent first. */
  readonly reasons: readonly Occurrence[]
  readonly imagesPerSecond: number
}

const most = 100_000
const batch = 64
const shown = 64

/** Goes through a dataset once, at random, up to 100,000 samples. @returns what is there, and a picture of it */
export async function inspectData(
  spec: string,
  dataset: Dataset,
  signal: AbortSignal,
): Promise<{ readonly findings: DataFindings; readonly picture: Picture }> {
  const { size, sampleShape, classes, attributes, skipped = [] } = dataset
  const batches = dataset.batches({ size: Math.min(batch, size), dropLast: false, epochs: 1 })
  const labels = (classes ?? []).map(name => ({ name, count: 0 }))
  const codes = (attributes ?? []).map(({ name, values }) => ({
    name,
    values: values.map(value => ({ name: value, count: 0 })),
  }))
  const isImage = sampleShape.length === 3
  const sampleSize = sampleShape.reduce((product, side) => product * side, 1)
  const samples = new Float32Array(Math.min(size, isImage ? shown : most) * sampleSize)
  let [looked, min, max, sum, waited] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0]
  let asked = performance.now()
  for await (const next of batches) {
    waited += performance.now() - asked
    signal.throwIfAborted()
    const values = await next.samples.data<'float32'>()
    const count = next.samples.shape[0]!
    next.samples.dispose()
    for (const value of values) {
      if (value < min) min = value
      if (value > max) max = value
      sum += value
    }
    for (const label of next.labels ?? []) labels[label]!.count++
    for (const [i, code] of next.attributes?.entries() ?? []) codes[i % codes.length]!.values[code]!.count++
    const room = samples.length - looked * sampleSize
    if (room > 0) samples.set(values.subarray(0, room), looked * sampleSize)
    looked += count
    if (looked >= most) break
    asked = performance.now()
  }
  const picture = isImage
    ? tileGrid({ samples, sampleShape, scale: sampleShape[1]! < 48 ? 2 : 1 })
    : scatterPlot({ points: samples, dimensions: sampleShape[0]! })
  const findings: DataFindings = {
    spec,
    size,
    sampleShape,
    looked,
    classes: classes ? labels : null,
    attributes: attributes ? codes : null,
    min,
    max,
    mean: sum / (looked * sampleSize),
    skipped: skipped.length,
    reasons: reasonsOf(skipped.map(({ why }) => why)),
    imagesPerSecond: Math.round(looked / (waited / 1000)),
  }
  return { findings, picture }
}

function reasonsOf(all: readonly string[]): Occurrence[] {
  const counts = new Map<string, number>()
  for (const why of all) counts.set(why, (counts.get(why) ?? 0) + 1)
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count)
}
