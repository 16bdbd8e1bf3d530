import { type Gan, normalPrior } from '@gankit/core'
import { batchNormalization, normal } from '@gankit/layers'
import * as tf from '@tensorflow/tfjs'

export interface DcganShape {
  /** Sides of the images: 28 (grey) or 64 (colour). */
  readonly size: 28 | 64
  /** Filters of D's first convolution; every further one has twice as many. Default 64. */
  readonly base?: number
  /** Default 5. */
  readonly kernel?: number
}

const latentSize = 100

/**
 * The networks of the PyTorch peers: after Radford et al. 2016 (arXiv 1511.06434), with LeakyReLU 0.2 in both,
 * stride 2, batch norm everywhere but at D's input and G's output, and dense layers at the latent and at the logit.
 */
export function createDcgan({ size, base = 64, kernel = 5 }: DcganShape): Gan {
  const [channels, first, stages] = size === 28 ? [1, 7, 2] : [3, 4, 4]
  const top = base * 2 ** (stages - 1)
  const weights = (purpose: string) => ({ kernelInitializer: normal({ seed: 1, purpose }) })
  const convolution = { kernelSize: kernel, strides: 2, padding: 'same' } as const
  const leaky = () => tf.layers.leakyReLU({ alpha: 0.2 })

  const generator = tf.sequential({ name: 'generator' })
  generator.add(
    tf.layers.dense({ units: top * first * first, inputShape: [latentSize], ...weights('g/dense') }),
  )
  generator.add(tf.layers.reshape({ targetShape: [first, first, top] }))
  generator.add(batchNormalization())
  generator.add(leaky())
  for (let stage = 1; stage < stages; stage++) {
    const filters = top / 2 ** stage
    generator.add(
      tf.layers.conv2dTranspose({ ...convolution, filters, useBias: false, ...weights(`g/${stage}`) }),
    )
    generator.add(batchNormalization())
    generator.add(leaky())
  }
  generator.add(tf.layers.conv2dTranspose({ ...convolution, filters: channels, ...weights('g/image') }))
  generator.add(tf.layers.activation({ activation: 'tanh' }))

  const discriminator = tf.sequential({ name: 'discriminator' })
  const sampleShape = [size, size, channels]
  for (let stage = 0; stage < stages; stage++) {
    const filters = base * 2 ** stage
    const input = stage === 0 ? { inputShape: sampleShape } : { useBias: false }
    discriminator.add(tf.layers.conv2d({ ...convolution, ...input, filters, ...weights(`d/${stage}`) }))
    if (stage > 0) discriminator.add(batchNormalization())
    discriminator.add(leaky())
  }
  discriminator.add(tf.layers.flatten())
  discriminator.add(tf.layers.dense({ units: 1, ...weights('d/logit') }))
  return { generator, discriminator, latent: { size: latentSize, prior: normalPrior() }, sampleShape }
}
