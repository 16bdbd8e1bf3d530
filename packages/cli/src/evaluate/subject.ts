import { resolve } from 'node:path'
import type { Dataset, Latent } from '@gankit/core'
import type { DataOptions } from '@gankit/datasets/node'
import { type Images, readImages } from '@gankit/metrics'
import { drawLatents, drawPieces } from '@gankit/trainer'
import type * as tf from '@tensorflow/tfjs'
import { type GeneratorSource, openFound } from '../generator-source.ts'
import { loadApp } from '../installed-apps.ts'
import { configOfRun } from '../resumed-config.ts'
import { dataOf } from '../run-config.ts'

/** What is evaluated: a generator, or pictures that somebody made elsewhere. */
export interface Subject {
  readonly name: string
  readonly sampleShape: readonly number[]
  /** How many fakes there are at most. */
  readonly most: number
  /** The data that it learned from, where that is known. */
  readonly against?: { readonly spec: string; readonly options: DataOptions }
  /** Its first fakes for a seed. */
  fakes(count: number, seed: number): Images
  /** Where it is a generator. */
  readonly generator?: { readonly latent: Latent; draw(latents: Float32Array, count: number): Images }
  close(): Promise<void>
}

/** A generator that was found. @throws GankitError when it can't be opened */
export async function generatorSubject(source: string, from: GeneratorSource): Promise<Subject> {
  const { generator, latent } = await openFound(source, from)
  const against = await againstOf(source, from.kind)
  return {
    name: from.kind === 'app' ? source : resolve(source),
    sampleShape: generator.outputs[0]!.shape.slice(1) as number[],
    most: Number.POSITIVE_INFINITY,
    ...(against && { against }),
    fakes: (count, seed) => drawn(generator, drawLatents(latent, count, seed), count),
    generator: { latent, draw: (latents, count) => drawn(generator, latents, count) },
    async close() {
      generator.dispose()
    },
  }
}

async function againstOf(source: string, kind: GeneratorSource['kind']): Promise<Subject['against']> {
  if (kind === 'model') return undefined
  if (kind === 'run') {
    const { data, dataOptions = {} } = await configOfRun(source)
    return { spec: data, options: dataOptions }
  }
  const { data, dataOptions } = dataOf(await loadApp(source), {})
  return { spec: data, options: dataOptions }
}

async function* drawn(
  generator: tf.LayersModel,
  latents: Float32Array,
  count: number,
): AsyncGenerator<tf.Tensor> {
  yield* drawPieces(generator, latents, count)
}

/** Pictures that somebody made elsewhere. */
export function picturesSubject(source: string, dataset: Dataset): Subject {
  return {
    name: source,
    sampleShape: dataset.sampleShape,
    most: dataset.size,
    fakes: (count, seed) => readImages(dataset, count, seed),
    close: async () => dataset.close?.(),
  }
}
