/**
 * A loss of one's own: an `Objective` is two functions of logits and the values that both take at the equilibrium.
 * This one is the softplus loss with a margin, which `@gankit/losses` doesn't have.
 *
 *     npm run example examples/custom-loss.ts
 */
import { type Objective, selectGenerator } from '@gankit/core'
import { distributionDataset, normal } from '@gankit/datasets'
import { drawSamples } from '@gankit/inference'
import { selectBackend } from '@gankit/runtime/node'
import { adam, createGanTrainer } from '@gankit/trainer'
import { createVanillaGan } from '@gankit/vanilla-gan'
import * as tf from '@tensorflow/tfjs'

await selectBackend() // wasm, or native TensorFlow where it is installed

/**
 * With l the logit, x real samples, z noise and c the margin that D is to keep on either side:
 *
 *     D minimizes E softplus(c − l(x)) + E softplus(c + l(G(z)))     2·ln(1 + eᶜ) at the equilibrium, where l = 0
 *     G minimizes E softplus(−l(G(z)))                               ln 2
 */
export function softMargin(margin: number): Objective {
  return {
    name: 'soft-margin',
    discriminator: (real, fake) =>
      tf.tidy(() => {
        const onReal = tf.softplus(tf.sub(margin, real))
        const onFake = tf.softplus(tf.add(margin, fake))
        return tf.add(tf.mean(onReal), tf.mean(onFake)) as tf.Scalar
      }),
    generator: fake => tf.tidy(() => tf.mean(tf.softplus(tf.neg(fake))) as tf.Scalar),
    equilibrium: { discriminator: 2 * Math.log(1 + Math.exp(margin)), generator: Math.LN2 },
  }
}

const gan = createVanillaGan({
  sampleShape: [1],
  latent: { size: 1 },
  generator: { kind: 'mlp', hidden: [16], batchNormalization: false },
  discriminator: { hidden: [32, 32] },
})
const trainer = createGanTrainer({
  gan,
  objective: softMargin(0.5),
  optimizers: {
    generator: adam({ learningRate: 1e-3, beta1: 0.5 }),
    discriminator: adam({ learningRate: 2e-3, beta1: 0.5 }),
  },
  seed: 1,
})
const points = distributionDataset(normal({ mean: 0.5, std: 0.1 }), { size: 10_000 })
for await (const event of trainer.run(points.batches({ size: 64 }), { steps: 600 }))
  if (event.type === 'step' && event.step % 100 === 0) console.log(event.step, await event.read())

const { samples } = await drawSamples(selectGenerator(gan), 1_000, 1)
export const mean = Array.from(samples).reduce((sum, point) => sum + point, 0) / samples.length
console.log(`the mean of the samples is ${mean.toFixed(2)}, that of the data 0.5`)
