import type { Batches } from '@gankit/core'
import { chain, glorotUniform } from '@gankit/layers'
import * as tf from '@tensorflow/tfjs'
import type { Digits } from './digit-sets.ts'

const steps = 1500

/** A small convolutional classifier of digits, after 1,500 batches. The caller disposes of it. */
export async function trainClassifier(batches: Batches, seed: number): Promise<tf.LayersModel> {
  const weights = (purpose: string) => ({ kernelInitializer: glorotUniform({ seed, purpose }) })
  const convolution = (name: string, filters: number) =>
    tf.layers.conv2d({
      name,
      filters,
      kernelSize: 5,
      strides: 2,
      padding: 'same',
      activation: 'relu',
      ...weights(name),
    })
  const model = chain(
    'classifier',
    [28, 28, 1],
    [
      convolution('conv_1', 16),
      convolution('conv_2', 32),
      tf.layers.flatten(),
      tf.layers.dense({ name: 'hidden', units: 64, activation: 'relu', ...weights('hidden') }),
      tf.layers.dense({ name: 'logits', units: 10, ...weights('logits') }),
    ],
  )
  const optimizer = tf.train.adam(1e-3)
  for (let step = 0; step < steps; step++) {
    const { value } = await batches.next()
    optimizer.minimize(() => {
      const logits = model.apply(value.samples, { training: true }) as tf.Tensor2D
      const labels = tf.oneHot(tf.tensor1d(value.labels, 'int32'), 10)
      return tf.losses.softmaxCrossEntropy(labels, logits) as tf.Scalar
    })
    value.samples.dispose()
  }
  optimizer.dispose()
  return model
}

/** The share of digits that a classifier recognizes. */
export async function accuracyOf(model: tf.LayersModel, { images, labels }: Digits): Promise<number> {
  const codesOnBackend = tf.tidy(() => {
    const samples = tf.tensor4d(
      Float32Array.from(images, byte => byte / 127.5 - 1),
      [labels.length, 28, 28, 1],
    )
    return tf.argMax(model.predict(samples) as tf.Tensor2D, 1)
  })
  const codes = await codesOnBackend.data()
  codesOnBackend.dispose()
  return codes.filter((code, i) => code === labels[i]).length / labels.length
}
