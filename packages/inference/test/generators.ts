import {
  type ConditionAttribute,
  encodeWords,
  type Generator,
  type Latent,
  listVocabulary,
  normalPrior,
  randomStream,
} from '@gankit/core'
import { batchNormalization } from '@gankit/layers'
import * as tf from '@tensorflow/tfjs'
import type { CaptionCondition } from '../src/index.ts'

/** Seeded weights, so that two models of the same layers are the same. */
function seedWeights(model: tf.LayersModel, seed = 5): tf.LayersModel {
  const random = randomStream(seed, 'test/weights')
  for (const weight of model.trainableWeights) {
    const shape = weight.shape as number[]
    const size = shape.reduce((product, side) => product * side, 1)
    weight.write(tf.tidy(() => tf.keep(tf.tensor(random.normal(size, 0, 0.6), shape))))
  }
  return model
}

const apply = (layer: tf.layers.Layer, of: tf.SymbolicTensor | tf.SymbolicTensor[]) =>
  layer.apply(of) as tf.SymbolicTensor

/** Noise of 3 numbers to points in the plane, with batch norm. */
export function points(noise: Latent = { size: 3, prior: normalPrior() }): Generator {
  const input = tf.input({ shape: [noise.size] })
  const layers = [
    tf.layers.dense({ units: 4, useBias: false }),
    batchNormalization({ momentum: 0.9, epsilon: 1e-5 }),
    tf.layers.leakyReLU({ alpha: 0.2 }),
    tf.layers.dense({ units: 2, activation: 'tanh' }),
  ]
  const model = tf.model({
    inputs: input,
    outputs: layers.reduce<tf.SymbolicTensor>((x, layer) => apply(layer, x), input),
  })
  return { model: seedWeights(model), noise, sampleShape: [2] }
}

export const attributes: ConditionAttribute[] = [
  { name: 'hair-color', values: ['black', 'red', 'none'], shares: [0.5, 0.3, 0.2] },
  { name: 'glasses', values: ['none', 'round'] },
]

/** Noise of 3 numbers and two attributes to images of 2 × 2. */
export function faces(): Generator {
  const inputs = [tf.input({ shape: [3] }), tf.input({ shape: [5] })]
  const joined = apply(tf.layers.concatenate(), inputs)
  const flat = apply(tf.layers.dense({ units: 4, activation: 'tanh' }), joined)
  const outputs = apply(tf.layers.reshape({ targetShape: [2, 2, 1] }), flat)
  return {
    model: seedWeights(tf.model({ inputs, outputs })),
    noise: { size: 3, prior: normalPrior() },
    condition: { kind: 'categories', attributes },
    sampleShape: [2, 2, 1],
  }
}

/** Images of 4 × 4 to others of three channels: no noise. */
export function translator(): Generator {
  const input = tf.input({ shape: [4, 4, 1] })
  const outputs = apply(
    tf.layers.conv2d({ filters: 3, kernelSize: 3, padding: 'same', activation: 'tanh' }),
    input,
  )
  return {
    model: seedWeights(tf.model({ inputs: input, outputs })),
    condition: { kind: 'image', shape: [4, 4, 1] },
    sampleShape: [4, 4, 3],
  }
}

/** Sentences of 3 tokens of 4, from none or from a vector of 2 numbers. */
export function sentences(withVector = false): Generator {
  const tokens = tf.input({ shape: [3], dtype: 'int32' })
  const vector = tf.input({ shape: [2] })
  const embedded = apply(tf.layers.embedding({ inputDim: 4, outputDim: 5 }), tokens)
  const flat = apply(tf.layers.flatten(), embedded)
  const before = withVector ? apply(tf.layers.concatenate(), [flat, vector]) : flat
  const logits = apply(tf.layers.dense({ units: 12 }), before)
  const outputs = apply(tf.layers.reshape({ targetShape: [3, 4] }), logits)
  return {
    model: seedWeights(tf.model({ inputs: withVector ? [tokens, vector] : tokens, outputs })),
    ...(withVector && { condition: { kind: 'vector', size: 2 } as const }),
    sampleShape: [3],
    output: { kind: 'sequence', length: 3, vocabulary: 4, start: 0 },
  }
}

/** Noise of 3 numbers and captions of 4 words to images of 2 × 2, as `captionedGenerator` of @gankit/gan-cls builds it. */
export function captioned(): Generator & { readonly condition: CaptionCondition } {
  const words = listVocabulary(['curly', 'red', 'hair', '红', '发', '</script>'])
  const encode = (text: string) => encodeWords(words, 4, text).tokens
  const captions = {
    kind: 'tokens',
    length: 4,
    vocabulary: words.length,
    words,
    examples: ['curly red hair', '红发', 'curly red hair'].map(encode),
  } as const
  const tokens = tf.input({ shape: [4] })
  const embedded = apply(tf.layers.embedding({ inputDim: words.length, outputDim: 3 }), tokens)
  const most = apply(tf.layers.globalMaxPooling1d({}), embedded)
  const textEncoder = tf.model({ name: 'text_encoder', inputs: tokens, outputs: most })
  const inputs = [tf.input({ shape: [3] }), tf.input({ shape: [3] })]
  const joined = apply(tf.layers.concatenate(), inputs)
  const flat = apply(tf.layers.dense({ units: 4, activation: 'tanh' }), joined)
  const outputs = apply(tf.layers.reshape({ targetShape: [2, 2, 1] }), flat)
  const painter = tf.model({ name: 'generator', inputs, outputs })
  const all = [tf.input({ shape: [3] }), tf.input({ shape: [4] })] as const
  const model = tf.model({
    inputs: [...all],
    outputs: apply(painter, [all[0], apply(textEncoder, all[1])]),
  })
  return {
    model: seedWeights(model),
    noise: { size: 3, prior: normalPrior() },
    condition: captions,
    sampleShape: [2, 2, 1],
  }
}

/** `count` seeded images of 4 × 4. */
export const images = (count: number): Float32Array =>
  randomStream(8, 'test/images').uniform(16 * count, -1, 1)
