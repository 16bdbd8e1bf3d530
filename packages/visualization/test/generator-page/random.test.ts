import { type Latent, normalPrior, randomStream, uniformPrior } from '@gankit/core'
import { expect, test } from 'vitest'
import { ofPage } from './of-page.ts'

const { drawLatents } = await ofPage<{
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
