import { drawSamples, type SavedGenerator } from '@gankit/inference'
import type { ClassPalette } from '@gankit/metrics'
import { type GeneratorSource, openFound } from '../generator/find.ts'

/** A generator of label maps in colors, which says what pictures show. */
export interface Segmenter {
  /** A run, or an app's name. */
  readonly source: string
  readonly from: GeneratorSource
  readonly palette: ClassPalette
  /** Whether inputs are label maps in the same colors: then these are what was asked for. */
  readonly inputsAreLabels: boolean
}

/** The labels of pairs as plain numbers, [count, height, width, 3] each. */
export interface LabelNumbers {
  readonly outputs: Float32Array
  readonly targets: Float32Array
}

/** The labels of targets by segmenter: a run measures the same targets again and again. */
const labeledTargets = new WeakMap<Segmenter, { readonly of: Float32Array; readonly labels: Float32Array }>()

/** Gives labels to outputs and targets. */
export function labelPairs(
  segmenter: Segmenter,
  { count, targets }: { readonly count: number; readonly targets: Float32Array },
  outputs: Float32Array,
): Promise<LabelNumbers> {
  return withSegmenter(segmenter, async generator => {
    const label = async (pictures: Float32Array) =>
      (await drawSamples(generator, count, 0, { condition: pictures })).samples as Float32Array
    const before = labeledTargets.get(segmenter)
    const labels = before?.of === targets ? before.labels : await label(targets)
    labeledTargets.set(segmenter, { of: targets, labels })
    return { outputs: await label(outputs), targets: labels }
  })
}

/** Opens the segmenter for as long as it is used. */
export async function withSegmenter<T>(
  { source, from }: Segmenter,
  use: (generator: SavedGenerator) => Promise<T>,
): Promise<T> {
  const generator = await openFound(source, from)
  try {
    return await use(generator)
  } finally {
    generator.dispose()
  }
}
