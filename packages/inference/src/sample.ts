import {
  checkPositive,
  type Generator,
  generate,
  type RandomStream,
  randomStream,
  sizeOfShape,
} from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { checkInputs, drawInputs, type GivenInputs, type InputNumbers, inputTensors } from './inputs.ts'

/** Samples as plain numbers. */
export interface Samples {
  /** [count, ...sampleShape], row-major; int32 for token sequences. */
  readonly samples: Float32Array | Int32Array
  readonly sampleShape: readonly number[]
  readonly count: number
}

/** What matters for token sequences alone. */
export interface SampleOptions {
  /** Seed of the tokens that are drawn. Default 0. */
  readonly seed?: number
  /** What logits of tokens are divided by: below 1 takes likely tokens more often. Default 1. */
  readonly temperature?: number
}

/** Samples that go through the generator at once. */
const pieceSize = 100

/**
 * Draws samples of a seed as a generator gives them outside training.
 * @throws GankitError for a condition that has to be given, and given numbers that don't fit
 */
export function drawSamples(
  generator: Generator,
  count: number,
  seed: number,
  given?: GivenInputs,
): Promise<Samples> {
  return sample(generator, drawInputs(generator, count, seed, given), { seed })
}

/**
 * What a generator makes of its inputs outside training, as plain numbers.
 * @throws GankitError for inputs that don't fit the generator
 */
export async function sample(
  generator: Generator,
  inputs: InputNumbers,
  options?: SampleOptions,
): Promise<Samples> {
  const { sampleShape, output } = generator
  const { count } = inputs
  const size = count * sizeOfShape(sampleShape)
  const samples = output?.kind === 'sequence' ? new Int32Array(size) : new Float32Array(size)
  let at = 0
  for (const piece of samplePieces(generator, inputs, options)) {
    samples.set(await piece.data<'float32' | 'int32'>(), at)
    at += piece.size
    piece.dispose()
  }
  return { samples, sampleShape, count }
}

/**
 * The same in pieces of at most 100 samples, so that the memory of the device is enough for any count.
 * @returns tensors [n, ...sampleShape], each computed when it is taken; the caller disposes of them
 * @throws GankitError for inputs that don't fit the generator
 */
export function samplePieces(
  generator: Generator,
  inputs: InputNumbers,
  { seed = 0, temperature = 1 }: SampleOptions = {},
): Iterable<tf.Tensor> {
  checkInputs(generator, inputs)
  checkPositive('inference', 'temperature', temperature)
  return pieces(generator, inputs, seed, temperature)
}

function* pieces(
  generator: Generator,
  inputs: InputNumbers,
  seed: number,
  temperature: number,
): Iterable<tf.Tensor> {
  // Streams go on from piece to piece, as in one pass.
  const streams = new Map<string, RandomStream>()
  const random = (purpose: string) => {
    const stream = streams.get(purpose) ?? randomStream(seed, `samples/${purpose}`)
    streams.set(purpose, stream)
    return stream
  }
  for (let from = 0; from < inputs.count; from += pieceSize) {
    const to = Math.min(from + pieceSize, inputs.count)
    yield tf.tidy(() =>
      generate(generator, inputTensors(generator, inputs, from, to), {
        count: to - from,
        random,
        temperature,
      }),
    )
  }
}
