/**
 * A dataset of one's own: a source gives the values of samples by their numbers, and `createDataset` makes batches of it,
 * shuffled by a seed, that know their position and can go on from it. Here each sample is one period of a wave.
 *
 *     npm run example examples/custom-dataset.ts
 */
import { type Dataset, disposeBatch, randomStream, selectGenerator } from '@gankit/core'
import { createDataset } from '@gankit/datasets'
import { drawSamples } from '@gankit/inference'
import { nonSaturating } from '@gankit/losses'
import { selectBackend } from '@gankit/runtime/node'
import { adam, createGanTrainer } from '@gankit/trainer'
import { createVanillaGan } from '@gankit/vanilla-gan'

await selectBackend() // wasm, or native TensorFlow where it is installed

const length = 16

/** Sines of one period and any phase, [16] each, in [−1, 1]. A wave's phase depends on its number alone. */
export function waves(size: number): Dataset {
  const phases = randomStream(0, 'waves/phases').uniform(size, 0, 2 * Math.PI)
  return createDataset({
    sampleShape: [length],
    size,
    // Could as well read a file or fetch from a server: a promise of the values will do.
    read: indices =>
      Float32Array.from({ length: indices.length * length }, (_, i) => {
        const phase = phases[indices[Math.floor(i / length)]!]!
        return 0.9 * Math.sin(phase + (2 * Math.PI * (i % length)) / length)
      }),
  })
}

const dataset = waves(5_000)
const first = dataset.batches({ size: 4, seed: 1 })
for await (const batch of first) {
  console.log('a batch of shape', batch.samples.shape, 'and the next one is', first.position())
  disposeBatch(batch) // the code that takes a batch owns its tensors; the trainer disposes of those that it takes
  break
}

const gan = createVanillaGan({
  sampleShape: dataset.sampleShape,
  latent: { size: 4 },
  generator: { kind: 'mlp', hidden: [64], batchNormalization: false },
  discriminator: { hidden: [64] },
})
const optimizer = () => adam({ learningRate: 2e-3, beta1: 0.5 })
const trainer = createGanTrainer({
  gan,
  objective: nonSaturating(),
  optimizers: { generator: optimizer(), discriminator: optimizer() },
  seed: 1,
})

/** The mean share of a sample's energy that a sine of one period explains: 1 for data, 1/8 for noise. */
async function measureSineShare(): Promise<number> {
  const count = 200
  const { samples } = await drawSamples(selectGenerator(gan), count, 1)
  let sum = 0
  for (let n = 0; n < count; n++) {
    let [sine, cosine, energy] = [0, 0, 0]
    for (let t = 0; t < length; t++) {
      const value = samples[n * length + t]!
      sine += value * Math.sin((2 * Math.PI * t) / length)
      cosine += value * Math.cos((2 * Math.PI * t) / length)
      energy += value ** 2
    }
    sum += (sine ** 2 + cosine ** 2) / ((length / 2) * energy)
  }
  return sum / count
}

export const before = await measureSineShare()
for await (const event of trainer.run(dataset.batches({ size: 64, seed: 1 }), { steps: 600 }))
  if (event.type === 'step' && event.step % 200 === 0)
    console.log(`step ${event.step}: ${((await measureSineShare()) * 100).toFixed(0)}% sine`)
export const after = await measureSineShare()
