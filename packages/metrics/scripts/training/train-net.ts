import { randomStream } from '@gankit/core'
import { glorotUniform, heNormal } from '@gankit/layers'
import { adam } from '@gankit/trainer'
import * as tf from '@tensorflow/tfjs'
import {
  type ConvNet,
  computeFeatures,
  computeLogits,
  type NetWeights,
  weightShapes,
} from '../../src/extractors/conv-net.ts'

/** Images with the class that each has for every head. */
export interface LabeledBatch {
  /** [n, …imageShape] in [−1, 1]; whoever takes it disposes of it. */
  readonly images: tf.Tensor4D
  /** [n, heads], row-major. */
  readonly labels: Uint8Array
}

export interface Task {
  readonly net: ConvNet
  /** How many classes each head tells apart; together they are the net's logits. */
  readonly heads: readonly number[]
  readonly seed: number
  readonly batch: number
  readonly epochs: number
  readonly perEpoch: number
  /** Falls to nothing along half a cosine. */
  readonly learningRate: number
  /** The share of features that each sample goes without. */
  readonly dropout: number
  /** Without end. */
  readonly batches: AsyncIterator<LabeledBatch>
  /** Hears of every epoch. */
  report(line: string): void
}

/** Trains a new net with Adam on the cross entropy of all heads. Everything random comes from the seed. */
export async function trainNet(task: Task): Promise<NetWeights<tf.Variable>> {
  const { net, seed, epochs, perEpoch, learningRate, batches } = task
  const weights = new Map(
    [...weightShapes(net)].map(([name, shape]) => [name, newWeight(name, shape, seed)] as const),
  )
  const steps = epochs * perEpoch
  const optimizer = adam({
    beta1: 0.9,
    learningRate: update => (learningRate * (1 + Math.cos((Math.PI * update) / steps))) / 2,
  })
  const started = performance.now()
  let sum = 0
  for (let step = 0; step < steps; step++) {
    const { value } = (await batches.next()) as { value: LabeledBatch }
    const loss = update(task, weights, optimizer.apply.bind(optimizer), value, step)
    value.images.dispose()
    sum += (await loss.data())[0]!
    loss.dispose()
    if ((step + 1) % perEpoch) continue
    const seconds = Math.round((performance.now() - started) / 1000)
    task.report(`epoch ${(step + 1) / perEpoch}: loss ${(sum / perEpoch).toFixed(4)}, ${seconds} s`)
    sum = 0
  }
  optimizer.dispose()
  return weights
}

type Apply = (weights: Map<string, tf.Variable>, gradients: Map<string, tf.Tensor>) => void

function update(
  task: Task,
  weights: Map<string, tf.Variable>,
  apply: Apply,
  batch: LabeledBatch,
  step: number,
) {
  return tf.tidy(() => {
    const mask = keptFeatures(task, batch.images.shape[0], step)
    const { value, grads } = tf.variableGrads(() => {
      const features = computeFeatures(task.net, weights, batch.images)
      return crossEntropy(task.heads, computeLogits(weights, tf.mul(features, mask)), batch.labels)
    }, [...weights.values()])
    apply(weights, new Map([...weights].map(([name, weight]) => [name, grads[weight.name]!])))
    return value
  })
}

/** Zeros where a feature is left out, and the others raised so that their sum stays. */
function keptFeatures({ seed, net, dropout }: Task, count: number, step: number): tf.Tensor2D {
  const drawn = randomStream(seed, 'metrics/dropout', step).uniform(count * net.features)
  return tf.tensor2d(
    drawn.map(number => (number < dropout ? 0 : 1 / (1 - dropout))),
    [count, net.features],
  )
}

function crossEntropy(heads: readonly number[], logits: tf.Tensor2D, labels: Uint8Array): tf.Scalar {
  const count = logits.shape[0]
  let from = 0
  const losses = heads.map((classes, head) => {
    const own = Int32Array.from({ length: count }, (_, i) => labels[i * heads.length + head]!)
    const likely = tf.logSoftmax(tf.slice(logits, [0, from], [count, classes]))
    from += classes
    return tf.neg(tf.sum(tf.mul(tf.oneHot(tf.tensor1d(own, 'int32'), classes), likely)))
  })
  return tf.div(tf.addN(losses), count)
}

function newWeight(name: string, shape: number[], seed: number): tf.Variable {
  const options = { seed, purpose: `metrics/${name}` }
  const initial = name.startsWith('logits') ? glorotUniform(options) : heNormal(options)
  return tf.tidy(() => tf.variable(name.endsWith('bias') ? tf.zeros(shape) : initial.apply(shape)))
}
