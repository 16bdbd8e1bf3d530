import { type Batches, type Gan, normalPrior, type Objective } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { createGanTrainer, sgd } from '../src/index.ts'

/** One weight each: G gives θ whatever z is, D judges a sample x as ψ·x. The game is bilinear: D's loss is ψθ, G's −ψθ. */
function bilinear(theta: number, psi: number): Gan {
  const one = (name: string, build: (input: tf.SymbolicTensor) => tf.SymbolicTensor) => {
    const input = tf.input({ shape: [1] })
    return tf.model({ name, inputs: input, outputs: build(input) })
  }
  const value = (at: number) => tf.initializers.constant({ value: at })
  return {
    generator: one('generator', input => {
      const layer = tf.layers.dense({
        ...{ name: 'theta', units: 1, kernelInitializer: 'zeros', biasInitializer: value(theta) },
      })
      return layer.apply(input) as tf.SymbolicTensor
    }),
    discriminator: one('discriminator', input => {
      const layer = tf.layers.dense({
        ...{ name: 'psi', units: 1, useBias: false, kernelInitializer: value(psi) },
      })
      return layer.apply(input) as tf.SymbolicTensor
    }),
    latent: { size: 1, prior: normalPrior(0, 0) },
    sampleShape: [1],
  }
}

const objective: Objective = {
  name: 'bilinear',
  discriminator: (_real, fake) => tf.mean(fake) as tf.Scalar,
  generator: fake => tf.neg(tf.mean(fake)) as tf.Scalar,
  equilibrium: { discriminator: 0, generator: 0 },
}

async function play(simultaneous: boolean, steps: number): Promise<[theta: number, psi: number]> {
  const gan = bilinear(1, 1)
  const rate = { learningRate: 0.1 }
  const trainer = createGanTrainer({
    gan,
    objective,
    simultaneous,
    optimizers: { generator: sgd(rate), discriminator: sgd(rate) },
  })
  await trainer.fit(scalars(), { steps })
  const bias = gan.generator.weights.find(weight => weight.originalName.endsWith('bias'))!
  return [bias.read().dataSync()[0]!, gan.discriminator.weights[0]!.read().dataSync()[0]!]
}

// The same game in numbers: ψ ← ψ − ηθ and θ ← θ + ηψ, where ψ on the right is the old or the new one.
function expected(simultaneous: boolean, steps: number): [number, number] {
  let [theta, psi] = [1, 1]
  for (let step = 0; step < steps; step++) {
    const next = psi - 0.1 * theta
    theta += 0.1 * (simultaneous ? psi : next)
    psi = next
  }
  return [theta, psi]
}

test.each([true, false])('the bilinear game goes as it is known to, simultaneous: %s', async simultaneous => {
  const got = await play(simultaneous, 60)
  const wanted = expected(simultaneous, 60)
  expect(got[0]).toBeCloseTo(wanted[0], 4)
  expect(got[1]).toBeCloseTo(wanted[1], 4)
  // At once it spirals out, by √(1 + η²) a step; in turns it goes round for ever (Mescheder et al. 2018).
  const radius = Math.hypot(...got) / Math.SQRT2
  if (simultaneous) expect(radius).toBeCloseTo(1.01 ** 30, 3)
  else expect(Math.abs(radius - 1)).toBeLessThan(0.1)
})

/** The data don't matter to this game. */
function scalars(): Batches {
  return {
    position: () => ({ epoch: 0, batch: 0 }),
    next: async () => ({ done: false, value: { samples: tf.zeros([2, 1]) } }),
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
