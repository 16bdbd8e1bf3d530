import { normalPrior, randomStream, sampleLatent, uniformPrior } from '@gankit/core'
import { expect, test } from 'vitest'
import { drawFrom, drawLatents, drawSamples } from '../src/index.ts'
import { tinyGan } from './tiny-gan.ts'

test('latents of a seed are the first of its stream, however they are drawn', async () => {
  for (const prior of [normalPrior(1, 2), uniformPrior(-1, 1)]) {
    const latent = { size: 3, prior }
    const random = randomStream(9, 'samples/latent')
    const inPieces: number[] = []
    for (const count of [100, 100, 51]) {
      const piece = sampleLatent(latent, count, random)
      inPieces.push(...(await piece.data()))
      piece.dispose()
    }
    expect([...drawLatents(latent, 251, 9)]).toEqual(inPieces)
    expect([...drawLatents(latent, 5, 9)]).toEqual(inPieces.slice(0, 15))
  }
})

test('samples of given latents are those of the generator, more than go through it at once too', async () => {
  const { generator, latent } = tinyGan()
  const drawn = await drawFrom(generator, drawLatents(latent, 230, 2), 230)
  expect(drawn).toEqual(await drawSamples(generator, latent, 230, 2))
  expect([drawn.sampleShape, drawn.samples.length]).toEqual([[2], 460])
  const [, , third] = Array.from({ length: 3 }, (_, i) => drawn.samples.slice(i * 2, i * 2 + 2))
  const alone = await drawFrom(generator, drawLatents(latent, 3, 2).subarray(6), 1)
  for (const [i, value] of alone.samples.entries()) expect(value).toBeCloseTo(third![i]!, 6)
})
