import {
  checkPositive,
  forward,
  joinWeights,
  type NamedWeights,
  readCondition,
  type ScalarDescription,
  type TokenCondition,
  trainableWeights,
} from '@gankit/core'
import {
  type Game,
  inTraining,
  type Optimizer,
  realStream,
  type Update,
  type UpdateContext,
} from '@gankit/trainer'
import type * as tf from '@tensorflow/tfjs'
import { checkEncoders } from './check.ts'
import { type MatchingLoss, matchingLoss } from './matching.ts'

/** Two networks that embed captions and pictures in one space. */
export interface Encoders {
  /** Captions [n, length] → [n, size], a `textEncoder`. */
  readonly textEncoder: tf.LayersModel
  /** Pictures → [n, size], a `pictureEncoder`. */
  readonly pictureEncoder: tf.LayersModel
  readonly captions: TokenCondition
}

export interface CaptionMatchingOptions extends Encoders {
  readonly optimizer: Optimizer
  /** What similarities are divided by. Default 0.1. */
  readonly temperature?: number
}

/**
 * The game of the encoders alone: which caption of a batch goes with which picture. What it makes can judge generators, if it learned
 * from other pictures than they did.
 * @throws GankitError for options out of range, and for networks that don't fit together
 */
export function captionMatching({ optimizer, temperature = 0.1, ...encoders }: CaptionMatchingOptions): Game {
  checkEncoders(encoders)
  checkPositive('gan-cls', 'temperature', temperature)
  const { textEncoder, pictureEncoder, captions } = encoders
  const [size] = textEncoder.outputs[0]!.shape.slice(1) as [number]
  const shape = pictureEncoder.inputs[0]!.shape.slice(1) as [number, number, number]
  const round = [updateEncoders(encoders, matchingLoss(temperature))]
  return {
    networks: { 'text-encoder': textEncoder, 'picture-encoder': pictureEncoder },
    players: { encoder: { weights: encoderWeights(encoders), optimizer } },
    generators: {
      captions: { model: textEncoder, condition: captions, sampleShape: [size] },
      pictures: { model: pictureEncoder, condition: { kind: 'image', shape }, sampleShape: [size] },
    },
    streams: [realStream],
    scalars: [matchingScalar],
    updatesPerStep: 1,
    rounds: () => [round],
  }
}

/** How the loss of both encoders is shown. */
export const matchingScalar: ScalarDescription = {
  name: 'encoder/loss',
  label: 'captions and pictures',
  chart: 'matching',
}

/** What both encoders learn, each weight under the name of its network. */
export function encoderWeights({ textEncoder, pictureEncoder }: Encoders): NamedWeights {
  return joinWeights({
    'text-encoder': trainableWeights(textEncoder),
    'picture-encoder': trainableWeights(pictureEncoder),
  })
}

/** The embedded captions of the batch, [n, size]. */
export function embedCaptions(
  { textEncoder, captions }: Pick<Encoders, 'textEncoder' | 'captions'>,
  context: UpdateContext,
  learns = false,
): tf.Tensor {
  const tokens = readCondition(context.batches[realStream]!, captions)
  return forward(textEncoder, tokens, inTraining(context, 'captions', learns))
}

/** Both encoders' turn, on the next batch. */
export function updateEncoders(encoders: Encoders, matching: MatchingLoss): Update {
  return {
    player: 'encoder',
    nextBatches: [realStream],
    loss(context) {
      const { samples } = context.batches[realStream]!
      return {
        loss: matching({
          captions: embedCaptions(encoders, context, true),
          pictures: forward(encoders.pictureEncoder, samples, inTraining(context, 'pictures', true)),
        }),
      }
    },
  }
}
