import { type Latent, latentNumbers, latentWith, normalPrior, randomStream, uniformPrior } from '@gankit/core'
import { expect, test } from 'vitest'
import { importPage } from './import-page.ts'

const { drawLatents } = await importPage<{
  drawLatents(latent: Latent, count: number, seed: number): Float32Array[]
}>('random')

test.each([0, 1, 4_294_967_297, Number.MAX_SAFE_INTEGER])('latents of seed %d are those of core', seed => {
  for (const prior of [normalPrior(), normalPrior(0.5, 2), uniformPrior(-1, 1)])
    for (const size of [1, 3, 64]) {
      const random = randomStream(seed, 'samples/latent')
      const expected =
        prior.name === 'normal'
          ? random.normal(5 * size, prior.mean, prior.std)
          : random.uniform(5 * size, prior.min, prior.max)
      const drawn = drawLatents({ size, prior }, 5, seed)
      expect(drawn.map(({ length }) => length)).toEqual(Array(5).fill(size))
      expect(Float32Array.from(drawn.flatMap(latent => [...latent]))).toEqual(expected)
    }
})

test('so are latents that ask for something', () => {
  const conditions = [
    { name: 'hair', values: ['a', 'b', 'c'], shares: [0.2, 0.5, 0.3] },
    { name: 'glasses', values: ['no', 'yes'] },
    { name: 'mouth', values: ['d', 'e'], shares: [0, 1] },
  ]
  for (const asked of [1, 2, 3]) {
    const latent = latentWith(7, normalPrior(), conditions.slice(0, asked))
    const expected = latentNumbers(latent, 9, randomStream(4, 'samples/latent'))
    const drawn = drawLatents(latent, 9, 4)
    expect(Float32Array.from(drawn.flatMap(numbers => [...numbers]))).toEqual(expected)
  }
})
