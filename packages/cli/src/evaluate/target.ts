import { resolve } from 'node:path'
import type { Dataset } from '@gankit/core'
import type { DataOptions } from '@gankit/datasets/node'
import { openApp, readRunConfig } from '@gankit/experiment/node'
import { drawInputs, type SavedGenerator, samplePieces } from '@gankit/inference'
import { type Images, readImages } from '@gankit/metrics'
import { chooseData } from '../data/choose.ts'
import { type GeneratorSource, openFound } from '../generator/find.ts'

/** What is evaluated: a generator, or pictures from elsewhere. */
export interface EvaluationTarget {
  readonly name: string
  readonly sampleShape: readonly number[]
  /** Samples that there are. */
  readonly maxSamples: number
  /** The data that it learned from, where they are known. */
  readonly learnedFrom?: { readonly spec: string; readonly options: DataOptions }
  /** The first samples of a seed. */
  sample(count: number, seed: number): Images
  /** The generator, where the target is one. */
  readonly generator?: SavedGenerator
  close(): Promise<void>
}

/** A generator as a target. @throws GankitError when it can't be opened */
export async function openGeneratorTarget(source: string, from: GeneratorSource): Promise<EvaluationTarget> {
  const generator = await openFound(source, from)
  const learnedFrom = await findTrainingData(source, from.kind)
  return {
    name: from.kind === 'app' ? source : resolve(source),
    sampleShape: generator.sampleShape,
    maxSamples: Number.POSITIVE_INFINITY,
    ...(learnedFrom && { learnedFrom }),
    sample: (count, seed) => drawImages(generator, drawInputs(generator, count, seed)),
    generator,
    async close() {
      generator.dispose()
    },
  }
}

/** Samples of these inputs, in pieces. */
export async function* drawImages(
  generator: SavedGenerator,
  inputs: Parameters<typeof samplePieces>[1],
): Images {
  yield* samplePieces(generator, inputs)
}

async function findTrainingData(
  source: string,
  kind: GeneratorSource['kind'],
): Promise<EvaluationTarget['learnedFrom']> {
  if (kind === 'model') return undefined
  const planned = kind === 'run' ? await readRunConfig(source) : chooseData(await openApp(source), {})
  // Of several streams nothing says which one the generator's samples should be like.
  return planned.streams ? undefined : { spec: planned.data, options: planned.dataOptions }
}

/** Pictures from elsewhere as a target. */
export function createPicturesTarget(source: string, dataset: Dataset): EvaluationTarget {
  return {
    name: source,
    sampleShape: dataset.sampleShape,
    maxSamples: dataset.size,
    sample: (count, seed) => readImages(dataset, count, seed),
    close: async () => dataset.close?.(),
  }
}
