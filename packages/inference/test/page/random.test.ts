import { type Latent, normalPrior, randomStream, uniformPrior } from '@gankit/core'
import { expect, test } from 'vitest'
import { drawConditions } from '../../src/index.ts'
import { importPageModule } from './page-module.ts'

interface Input {
  readonly noise: Float32Array
  readonly condition: Float32Array
}
const { drawInputs } = await importPageModule<{
  drawInputs(noise: Latent, attributes: readonly object[], count: number, seed: number): Input[]
}>('random')

test.each([0, 1, 4_294_967_297, Number.MAX_SAFE_INTEGER])('noise of seed %d is that of core', seed => {
  for (const prior of [normalPrior(), normalPrior(0.5, 2), uniformPrior(-1, 1)])
    for (const size of [1, 3, 64]) {
      const random = randomStream(seed, 'samples/latent')
      const expected =
        prior.name === 'normal'
          ? random.normal(5 * size, prior.mean, prior.std)
          : random.uniform(5 * size, prior.min, prior.max)
      const drawn = drawInputs({ size, prior }, [], 5, seed)
      expect(drawn.map(({ noise }) => noise.length)).toEqual(Array(5).fill(size))
      expect(drawn.map(({ condition }) => condition.length)).toEqual(Array(5).fill(0))
      expect(Float32Array.from(drawn.flatMap(({ noise }) => [...noise]))).toEqual(expected)
    }
})

test('so are conditions', () => {
  const attributes = [
    { name: 'hair', values: ['a', 'b', 'c'], shares: [0.2, 0.5, 0.3] },
    { name: 'glasses', values: ['no', 'yes'] },
    { name: 'mouth', values: ['d', 'e'], shares: [0, 1] },
  ]
  for (const many of [1, 2, 3])
    for (const seed of [4, Number.MAX_SAFE_INTEGER]) {
      const condition = { kind: 'categories', attributes: attributes.slice(0, many) } as const
      const drawn = drawInputs({ size: 7, prior: normalPrior() }, condition.attributes, 40, seed)
      expect(Float32Array.from(drawn.flatMap(input => [...input.condition]))).toEqual(
        drawConditions({ condition }, 40, seed),
      )
    }
})
