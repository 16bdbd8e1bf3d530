import { batchNormalization } from '@gankit/layers'
import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { test } from 'vitest'
import { patchGradients } from '../src/index.ts'
import fixture from './fixtures/gradient_penalty.json' with { type: 'json' }

patchGradients()

const { conv2d, conv2dTranspose, dense, elu, flatten, leakyReLU, reshape, activation } = tf.layers
const wide = { kernelSize: 4, strides: 2, padding: 'same' } as const

function built(layers: tf.layers.Layer[], weights: readonly (readonly number[])[]): tf.Sequential {
  const model = tf.sequential({ layers })
  for (const [i, weight] of model.trainableWeights.entries())
    weight.write(tf.tensor([...weights[i]!], weight.shape as number[]))
  return model
}

const critic = (normed: boolean) =>
  built(
    [
      conv2d({ ...wide, filters: 4, inputShape: [8, 8, 2] }),
      leakyReLU({ alpha: 0.2 }),
      conv2d({ ...wide, filters: 6, useBias: false }),
      ...(normed ? [batchNormalization({ epsilon: 1e-5 })] : []),
      elu(),
      flatten(),
      dense({ units: 1 }),
    ],
    fixture.critic.filter((_, i) => normed || (i !== 3 && i !== 4)),
  )

const generator = () =>
  built(
    [
      dense({ units: 24, useBias: false, inputShape: [5] }),
      reshape({ targetShape: [2, 2, 6] }),
      batchNormalization({ epsilon: 1e-5 }),
      leakyReLU({ alpha: 0.2 }),
      conv2dTranspose({ ...wide, filters: 4 }),
      activation({ activation: 'softplus' }),
      conv2dTranspose({ ...wide, filters: 2 }),
      activation({ activation: 'tanh' }),
    ],
    fixture.generator,
  )

const run = (model: tf.Sequential, x: tf.Tensor) => model.apply(x, { training: true }) as tf.Tensor

const penalties = {
  'WGAN-GP': (squares: tf.Tensor) => squares.sqrt().sub(1).square().mean().mul(10),
  R1: (squares: tf.Tensor) => squares.mean().mul(5),
}

/** A penalty on the slope of f, and its gradients in the trainable weights, in their order. */
function penalized(
  f: (x: tf.Tensor) => tf.Tensor,
  at: tf.Tensor,
  penalty: (squares: tf.Tensor) => tf.Tensor,
  model: tf.Sequential,
) {
  const weights = model.trainableWeights.map(weight => weight.read() as tf.Variable)
  const { value, grads } = tf.variableGrads(() => {
    const slope = tf.grad(x => f(x).sum())(at)
    return penalty(slope.reshape([at.shape[0]!, -1]).square().sum(1)) as tf.Scalar
  }, weights)
  return { value, gradients: weights.map(weight => grads[weight.name]) }
}

const images = tf.tensor(fixture.x, [3, 8, 8, 2])
const latents = tf.tensor(fixture.z, [3, 5])
const drawn = generator()
const judge = critic(false)

const cases = {
  'critic, WGAN-GP': () => penalized(x => run(judge, x), images, penalties['WGAN-GP'], judge),
  'critic, R1': () => penalized(x => run(judge, x), images, penalties.R1, judge),
  'critic with batch norm, WGAN-GP': () => {
    const model = critic(true)
    return penalized(x => run(model, x), images, penalties['WGAN-GP'], model)
  },
  'critic with batch norm, R1': () => {
    const model = critic(true)
    return penalized(x => run(model, x), images, penalties.R1, model)
  },
  'critic of generator, WGAN-GP': () =>
    penalized(z => run(judge, run(drawn, z)), latents, penalties['WGAN-GP'], drawn),
}

for (const [name, penalty] of Object.entries(cases))
  test(`${name}: the penalty and its gradients in all weights are those of PyTorch`, async () => {
    const expected = fixture.cases[name as keyof typeof cases]
    const { value, gradients } = penalty()
    await expectClose(value, [expected.value], 0, 1e-5)
    const known = expected.gradients.filter(
      (_, i) => name.includes('generator') || name.includes('norm') || (i !== 3 && i !== 4),
    )
    for (const [i, gradient] of gradients.entries()) {
      const numbers = known[i] ?? []
      const scale = Math.max(...numbers.map(Math.abs), 0)
      await expectClose(gradient ?? numbers.map(() => 0), numbers, 2e-5 * scale)
    }
  })
