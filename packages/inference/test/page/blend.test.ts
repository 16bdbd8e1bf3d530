import { type Latent, normalPrior, randomStream, uniformPrior } from '@gankit/core'
import { expect, test } from 'vitest'
import { latentPath } from '../../src/index.ts'
import { importPageModule } from './page-module.ts'

interface Input {
  readonly noise: Float32Array
  readonly condition: Float32Array
}
const page = await importPageModule<{ blend(noise: Latent, from: Input, to: Input, t: number): Input }>(
  'blend',
)
const none = new Float32Array()
const blend = (noise: Latent, from: Float32Array, to: Float32Array, t: number) =>
  page.blend(noise, { noise: from, condition: none }, { noise: to, condition: none }, t).noise

const random = randomStream(3, 'ends')
const [from, to] = [random.normal(64), random.normal(64)]
const near = (actual: ArrayLike<number>, expected: ArrayLike<number>) =>
  expect(Math.max(...Array.from(expected, (value, i) => Math.abs(value - actual[i]!)))).toBeLessThan(1e-6)

test('at its ends it is these', () => {
  for (const prior of [normalPrior(), normalPrior(2, 3), uniformPrior(-5, 5)]) {
    near(blend({ size: 64, prior }, from, to, 0), from)
    near(blend({ size: 64, prior }, from, to, 1), to)
  }
})

test('normal latents go along the circle: from one axis to the other by the angle', () => {
  const [x, y] = [Float32Array.of(3, 2), Float32Array.of(2, 3)]
  const third = blend({ size: 2, prior: normalPrior(2, 1) }, x, y, 1 / 3)
  near(third, [2 + Math.cos(Math.PI / 6), 2 + Math.sin(Math.PI / 6)])
})

test('uniform latents go straight, and so do normal ones with no angle between them', () => {
  near(
    blend({ size: 64, prior: uniformPrior(-5, 5) }, from, to, 0.25),
    from.map((value, i) => value + (to[i]! - value) / 4),
  )
  const size = 64
  near(blend({ size, prior: normalPrior() }, from, from, 0.5), from)
  near(
    blend({ size, prior: normalPrior() }, new Float32Array(size), from, 0.5),
    from.map(value => value / 2),
  )
})

test('a condition goes straight, the noise along the circle, as `latentPath` has it', () => {
  const noise = { size: 64, prior: normalPrior() }
  const [a, b] = [Float32Array.of(1, 0, 0), Float32Array.of(0, 0, 1)]
  const blended = page.blend(noise, { noise: from, condition: a }, { noise: to, condition: b }, 0.3)
  near(blended.noise, latentPath(noise)(from, to, 0.3))
  near(blended.condition, [0.7, 0, 0.3])
})
