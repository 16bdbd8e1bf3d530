import { resolve } from 'node:path'
import { type Dataset, GankitError } from '@gankit/core'
import type { DataOptions } from '@gankit/datasets/node'
import type { App, PlannedData } from '@gankit/experiment'
import { splitDataset } from '@gankit/experiment'
import { drawInputs, hasDrawnInputs, type SavedGenerator, samplePieces } from '@gankit/inference'
import { type Images, readImages } from '@gankit/metrics'
import { type OpenDataOptions, openData } from '../data/open.ts'
import { type GeneratorSource, openFound } from '../generator/find.ts'
import { findLearnedFrom } from '../generator/learned-from.ts'

/** What is evaluated: a generator, or pictures from elsewhere. */
export interface EvaluationTarget {
  readonly name: string
  readonly sampleShape: readonly number[]
  /** Samples that there are. */
  readonly maxSamples: number
  /** The app that trained it, where it is known. */
  readonly app?: App
  /** The data that it learned from, where they are known. */
  readonly learnedFrom?: { readonly spec: string; readonly options: DataOptions }
  /** The first samples of a seed. */
  sample(count: number, seed: number): Images
  /** The generator, where the target is one. */
  readonly generator?: SavedGenerator
  close(): Promise<void>
}

/**
 * A generator as a target. One that turns samples into others is given those of the stream that its app names.
 * @throws GankitError when it can't be opened, and where nothing says which samples it is to be given
 */
export async function openGeneratorTarget(
  source: string,
  from: GeneratorSource,
  context: OpenDataOptions,
): Promise<EvaluationTarget> {
  const generator = await openFound(source, from)
  try {
    const { app, learnedFrom, inputs } = await findTrainingData(source, from)
    const given = hasDrawnInputs(generator) ? undefined : await openInputs(source, inputs, context)
    return {
      name: from.kind === 'app' ? source : resolve(source),
      sampleShape: generator.sampleShape,
      maxSamples: given?.size ?? Number.POSITIVE_INFINITY,
      ...(app && { app }),
      ...(learnedFrom && { learnedFrom }),
      sample: (count, seed) =>
        given
          ? translateSamples(generator, given, count, seed)
          : drawImages(generator, drawInputs(generator, count, seed)),
      generator,
      async close() {
        generator.dispose()
        await given?.close?.()
      },
    }
  } catch (error) {
    generator.dispose()
    throw error
  }
}

async function openInputs(
  source: string,
  inputs: TrainingInputs | undefined,
  context: OpenDataOptions,
): Promise<Dataset> {
  if (inputs) {
    const { data, dataOptions, stream, isPaired } = inputs
    const dataset = await openData(data, dataOptions, { ...context, name: stream })
    const test = isPaired ? splitDataset(stream, dataset)?.test : undefined
    return test ? { ...test, close: async () => dataset.close?.() } : dataset
  }
  throw new GankitError(
    'cli',
    'option',
    `${source} turns samples into others, and nothing says which ones it is to be given, expected a run or an app that names such a stream: of pictures 'gankit translate' makes a folder, which can be evaluated`,
  )
}

/** What a generator makes of samples that a seed chooses. */
async function* translateSamples(
  generator: SavedGenerator,
  inputs: Dataset,
  count: number,
  seed: number,
): Images {
  for await (const condition of readImages(inputs, count, seed)) {
    const [given, size] = [(await condition.data()) as Float32Array, condition.shape[0]!]
    condition.dispose()
    for await (const samples of drawImages(
      generator,
      drawInputs(generator, size, seed, { condition: given }),
    )) {
      if (samples.rank !== 4) yield samples
      // A network without a bound goes a little beyond black and white; pictures don't.
      else {
        yield samples.clipByValue(-1, 1)
        samples.dispose()
      }
    }
  }
}

/** Samples of these inputs, in pieces. */
export async function* drawImages(
  generator: SavedGenerator,
  inputs: Parameters<typeof samplePieces>[1],
): Images {
  yield* samplePieces(generator, inputs)
}

interface TrainingData {
  readonly app?: App
  readonly learnedFrom?: EvaluationTarget['learnedFrom']
  /** The samples that a generator is given which turns them into others. */
  readonly inputs?: TrainingInputs
}

interface TrainingInputs extends PlannedData {
  readonly stream: string
  /** Whether they came with their targets; then some were held out. */
  readonly isPaired: boolean
}

/** The data that a generator learned from: of several streams those that its app names. */
async function findTrainingData(source: string, from: GeneratorSource): Promise<TrainingData> {
  const learned = await findLearnedFrom(source, from)
  if (!learned) return {}
  const { app, data, ends } = learned
  const known = app && { app }
  if (!data.streams) return { ...known, learnedFrom: describe(data) }
  const [target, inputs] = [ends.like, ends.from].map(stream => data.streams[stream ?? ''])
  const isPaired = app?.streams !== undefined && app.paired === true
  return {
    ...known,
    ...(target && { learnedFrom: describe(target) }),
    ...(inputs && { inputs: { ...inputs, stream: ends.from!, isPaired } }),
  }
}

const describe = ({ data, dataOptions }: PlannedData) => ({ spec: data, options: dataOptions })

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
