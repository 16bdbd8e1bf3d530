import { checkInteger, decodeWords, GankitError, type Generator, type TokenCondition } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { checkInputs, drawNoise, type InputNumbers } from './inputs.ts'
import { lerp } from './latent-path.ts'
import { type Samples, sample } from './sample.ts'

/** A condition whose tokens are words. */
export interface CaptionCondition extends TokenCondition {
  readonly words: readonly string[]
}

/** The captions that a generator takes; undefined for one of another condition, and for tokens that are no words. */
export function findCaptions({ condition }: Pick<Generator, 'condition'>): CaptionCondition | undefined {
  return condition?.kind === 'tokens' && condition.words ? (condition as CaptionCondition) : undefined
}

/** Captions that a generator is known to have learned from, each once. */
export function listExamples(captions: CaptionCondition): string[] {
  return [...new Set((captions.examples ?? []).map(tokens => decodeWords(captions.words, tokens)))]
}

/** Two parts of a generator of captions: what embeds a caption, and what draws of noise and of the embedding's numbers. */
export interface CaptionParts {
  readonly textEncoder: tf.LayersModel
  readonly painter: Generator
}

/** The parts of a generator that `captionedGenerator` of @gankit/gan-cls made, opened from a file or not; undefined of any other. */
export function openParts({ model, noise, condition, sampleShape }: Generator): CaptionParts | undefined {
  if (condition?.kind !== 'tokens') return undefined
  const [textEncoder, painter] = ['text_encoder', 'generator'].map(
    name => model.layers.find(layer => layer.name === name) as tf.LayersModel | undefined,
  )
  const size = textEncoder?.outputs?.[0]?.shape.at(-1)
  const given = [...(noise ? [noise.size] : []), size]
  // A model of somebody else may have layers of these names that are other ones.
  const fits =
    painter?.inputs?.map(({ shape }) => shape.slice(1).join()).join(' and ') === given.join(' and ')
  if (!textEncoder || !painter || !size || !fits) return undefined
  return {
    textEncoder,
    painter: {
      model: painter,
      ...(noise && { noise }),
      condition: { kind: 'vector', size },
      sampleShape,
    },
  }
}

/** Captions that are embedded at once. */
const pieceSize = 100

/** The numbers of captions behind the text encoder. @param tokens rows of one caption each @returns rows of its embedding */
async function embedCaptions(
  textEncoder: tf.LayersModel,
  tokens: Int32Array,
  count: number,
): Promise<Float32Array> {
  const embedded = tf.tidy(() => {
    const rows = tf.tensor2d(tokens, [count, tokens.length / count], 'int32')
    return textEncoder.predict(rows, { batchSize: pieceSize }) as tf.Tensor
  })
  const numbers = await embedded.data<'float32'>()
  embedded.dispose()
  return numbers
}

/**
 * A generator of captions as its painter, with the embeddings of captions in place of their tokens: embeddings may be averaged and
 * mixed, as numbers of noise may. Any other generator, and its inputs, stay as they are.
 */
export async function embedInputs(
  generator: Generator,
  inputs: InputNumbers,
): Promise<readonly [generator: Generator, inputs: InputNumbers]> {
  const parts = openParts(generator)
  if (!parts) return [generator, inputs]
  checkInputs(generator, inputs)
  const tokens = inputs.condition as Int32Array
  return [
    parts.painter,
    { ...inputs, condition: await embedCaptions(parts.textEncoder, tokens, inputs.count) },
  ]
}

/** How the way from one caption to another is drawn. */
export interface CaptionPath {
  /** Token numbers of both captions. */
  readonly from: readonly number[]
  readonly to: readonly number[]
  /** Rows of noise, each with a picture in every frame. */
  readonly count: number
  /** At least two: the first one is of the one caption, the last one of the other. */
  readonly frames: number
}

/**
 * Pictures between two captions: their embeddings are mixed along a line, as GAN-INT learns them (Reed et al. 2016, arXiv 1605.05396),
 * and the noise stays.
 * @returns the samples of each frame, `count` in each
 * @throws GankitError for a generator whose captions have no embeddings of their own
 */
export async function drawBetween(
  generator: Generator,
  { from, to, count, frames }: CaptionPath,
  seed: number,
): Promise<Samples[]> {
  checkInteger('inference', 'frames', frames, 2)
  const parts = openParts(generator)
  if (!parts)
    throw new GankitError(
      'inference',
      'option',
      'the generator has no text encoder of its own, expected one, whose numbers are mixed: draw the two captions by themselves',
    )
  const noise = generator.noise && drawNoise(generator, count, seed)
  const ends = await embedCaptions(parts.textEncoder, Int32Array.from([...from, ...to]), 2)
  const size = ends.length / 2
  const [first, last] = [ends.slice(0, size), ends.slice(size)]
  const drawn: Samples[] = []
  for (let frame = 0; frame < frames; frame++) {
    const mixed = lerp(first, last, frame / (frames - 1))
    const rows = new Float32Array(count * size)
    for (let i = 0; i < count; i++) rows.set(mixed, i * size)
    drawn.push(await sample(parts.painter, { count, condition: rows, ...(noise && { noise }) }))
  }
  return drawn
}
