import { type Latent, latentPath, normalPrior, randomStream, uniformPrior } from '@gankit/core'
import { expect, test } from 'vitest'
import { importPage } from './import-page.ts'

const { interpolate } = await importPage<{
  interpolate(latent: Latent, from: Float32Array, to: Float32Array, t: number): Float32Array
}>('latent-path')

const random = randomStream(3, 'ends')
const [from, to] = [random.normal(64), random.normal(64)]
const near = (actual: ArrayLike<number>, expected: ArrayLike<number>) =>
  expect(Math.max(...Array.from(expected, (value, i) => Math.abs(value - actual[i]!)))).toBeLessThan(1e-6)

test('at its ends it is these', () => {
  for (const prior of [normalPrior(), normalPrior(2, 3), uniformPrior(-5, 5)]) {
    near(interpolate({ size: 64, prior }, from, to, 0), from)
    near(interpolate({ size: 64, prior }, from, to, 1), to)
  }
})

test('normal latents go along the circle: from one axis to the other by the angle', () => {
  const [x, y] = [Float32Array.of(3, 2), Float32Array.of(2, 3)]
  const third = interpolate({ size: 2, prior: normalPrior(2, 1) }, x, y, 1 / 3)
  near(third, [2 + Math.cos(Math.PI / 6), 2 + Math.sin(Math.PI / 6)])
})

test('uniform latents go straight, and so do normal ones with no angle between them', () => {
  near(
    interpolate({ size: 64, prior: uniformPrior(-5, 5) }, from, to, 0.25),
    from.map((value, i) => value + (to[i]! - value) / 4),
  )
  const size = 64
  near(interpolate({ size, prior: normalPrior() }, from, from, 0.5), from)
  near(
    interpolate({ size, prior: normalPrior() }, new Float32Array(size), from, 0.5),
    from.map(value => value / 2),
  )
})

test('what is asked for goes straight, the noise along the circle, as in core', () => {
  const conditions = [{ name: 'hair', values: ['a', 'b', 'c'] }]
  const latent = { size: 64, prior: normalPrior(), conditions }
  near(interpolate(latent, from, to, 0.3), latentPath(latent)(from, to, 0.3))
  near(
    interpolate(latent, from, to, 0.3).slice(-3),
    from.slice(-3).map((value, i) => 0.7 * value + 0.3 * to[61 + i]!),
  )
})
