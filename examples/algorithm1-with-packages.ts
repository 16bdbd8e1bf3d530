/**
 * Algorithm 1 again, in twenty lines of @gankit packages: a dense GAN learns the eight Gaussians of a ring.
 *
 *     npm run example examples/algorithm1-with-packages.ts
 */
import { selectGenerator } from '@gankit/core'
import { distributionDataset, ring } from '@gankit/datasets'
import { drawSamples } from '@gankit/inference'
import { nonSaturating, r1, withPenalties } from '@gankit/losses'
import { modesCovered } from '@gankit/metrics'
import { selectBackend } from '@gankit/runtime/node'
import { adam, createGanTrainer } from '@gankit/trainer'
import { createVanillaGan } from '@gankit/vanilla-gan'

await selectBackend() // wasm, or native TensorFlow where it is installed
const distribution = ring({ radius: 0.7, std: 0.05 }) // within [−1, 1], as far as G's tanh reaches
const gan = createVanillaGan({
  sampleShape: [2],
  latent: { size: 2 },
  generator: { kind: 'mlp', hidden: [64, 64], batchNormalization: false },
  discriminator: { hidden: [64, 64] },
})
const optimizer = () => adam({ learningRate: 2e-3, beta1: 0.5, beta2: 0.99 })
const trainer = createGanTrainer({
  gan,
  objective: withPenalties(nonSaturating(), r1({ gamma: 0.1 })),
  optimizers: { generator: optimizer(), discriminator: optimizer() },
  seed: 1,
  averageDecay: 0.99,
})
const batches = distributionDataset(distribution, { size: 10_000 }).batches({ size: 64 })
for await (const event of trainer.run(batches, { steps: 1_500 }))
  if (event.type === 'step' && event.step % 250 === 0) console.log(event.step, await event.read())

const { samples } = await drawSamples(selectGenerator(gan), 1_000, 1)
export const coverage = modesCovered(samples, distribution)
console.log(`${coverage.covered} of ${coverage.total} modes, ${coverage.share * 100}% of samples near one`)
