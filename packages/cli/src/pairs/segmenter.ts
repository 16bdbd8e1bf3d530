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

/** Gives labels to outputs and targets. */
export function labelPairs(
  segmenter: Segmenter,
  { count, targets }: { readonly count: number; readonly targets: Float32Array },
  outputs: Float32Array,
): Promise<LabelNumbers> {
  return withSegmenter(segmenter, async generator => {
    const label = async (pictures: Float32Array) =>
      (await drawSamples(generator, count, 0, { condition: pictures })).samples as Float32Array
    return { outputs: await label(outputs), targets: await label(targets) }
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
