import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import {
  createInitializer,
  glorotNormal,
  glorotUniform,
  heNormal,
  type Initializer,
  icnr,
  normal,
  pixelShuffle,
  uniform,
} from '../src/index.ts'

const named = { seed: 11, purpose: 'generator/dense_1/kernel' }
const dense = [300, 200]
const convolution = [5, 5, 30, 80] // fan in 750, fan out 2000
const moments = async (initializer: Initializer, shape: number[]) => {
  const values = await initializer.apply(shape).data<'float32'>()
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  return { mean, std: Math.sqrt(square), limit: values.reduce((a, b) => Math.max(a, Math.abs(b)), 0) }
}

describe.each([
  { title: 'glorotNormal', make: glorotNormal, shape: dense, std: Math.sqrt(2 / 500) },
  { title: 'glorotNormal', make: glorotNormal, shape: convolution, std: Math.sqrt(2 / 2750) },
  { title: 'heNormal', make: heNormal, shape: dense, std: Math.sqrt(2 / 300) },
  { title: 'heNormal', make: heNormal, shape: convolution, std: Math.sqrt(2 / 750) },
  { title: 'normal', make: normal, shape: dense, std: 0.02 },
])('$title on $shape', ({ make, shape, std }) => {
  test('has mean 0 and the standard deviation of its formula, untruncated', async () => {
    const got = await moments(make(named), shape)
    expect(Math.abs(got.mean) / std).toBeLessThan(0.02) // 60,000 values: 5 standard errors
    expect(got.std / std).toBeGreaterThan(0.985)
    expect(got.std / std).toBeLessThan(1.015)
    expect(got.limit / std).toBeGreaterThan(3)
  })
})

describe.each([
  { title: 'glorotUniform', make: glorotUniform, shape: dense, limit: Math.sqrt(6 / 500) },
  { title: 'glorotUniform', make: glorotUniform, shape: convolution, limit: Math.sqrt(6 / 2750) },
  { title: 'uniform', make: uniform, shape: dense, limit: 0.05 },
])('$title on $shape', ({ make, shape, limit }) => {
  test('fills the interval of its formula evenly', async () => {
    const got = await moments(make(named), shape)
    expect(Math.abs(got.mean) / limit).toBeLessThan(0.012) // 60,000 values: 5 standard errors
    expect(got.std / (limit / Math.sqrt(3))).toBeGreaterThan(0.985)
    expect(got.std / (limit / Math.sqrt(3))).toBeLessThan(1.015)
    expect(got.limit / limit).toBeLessThanOrEqual(1 + 1e-6)
    expect(got.limit / limit).toBeGreaterThan(0.999)
  })
})

test('mean, std, min and max are obeyed', async () => {
  const shifted = await moments(normal({ ...named, mean: 1, std: 0.02 }), [10_000])
  expect(shifted.mean).toBeCloseTo(1, 2)
  expect(shifted.std).toBeCloseTo(0.02, 3)
  const values = await uniform({ ...named, min: 0, max: 0.3 })
    .apply([10_000])
    .data()
  expect(values.every(value => value >= 0 && value <= 0.3)).toBe(true)
})

test('the same seed and purpose give the same weights, another seed or purpose others', async () => {
  const draw = (options: typeof named) => glorotUniform(options).apply([4, 4]).data()
  const weights = await draw(named)
  expect(await draw({ ...named })).toEqual(weights)
  expect(await draw({ ...named, seed: 12 })).not.toEqual(weights)
  expect(await draw({ ...named, purpose: 'generator/dense_2/kernel' })).not.toEqual(weights)
})

test('a stock layer takes them, and saves them as stock classes', async () => {
  const cases: [Initializer, string, object][] = [
    [glorotUniform(named), 'VarianceScaling', { mode: 'fanAvg', distribution: 'uniform', scale: 1 }],
    [glorotNormal(named), 'VarianceScaling', { mode: 'fanAvg', distribution: 'normal', scale: 1 }],
    [heNormal(named), 'VarianceScaling', { mode: 'fanIn', distribution: 'normal', scale: 2 }],
    [normal({ ...named, mean: 1, std: 0.5 }), 'RandomNormal', { mean: 1, stddev: 0.5 }],
    [uniform({ ...named, min: 0, max: 2 }), 'RandomUniform', { minval: 0, maxval: 2 }],
  ]
  for (const [kernelInitializer, className, config] of cases) {
    const layer = tf.layers.dense({ units: 6, kernelInitializer })
    tf.tidy(() => void layer.apply(tf.ones([1, 3])))
    await expectClose(layer.getWeights()[0]!, await kernelInitializer.apply([3, 6]).data(), 0)
    expect(layer.getConfig()['kernelInitializer']).toMatchObject({ className, config })
  }
})

test('options out of range are refused', () => {
  expect(() => normal({ ...named, std: 0 })).toThrow(
    '[gankit/layers] normal std is 0, expected a finite number above 0',
  )
  expect(() => normal({ ...named, mean: Number.NaN })).toThrow('normal mean is NaN')
  expect(() => uniform({ ...named, min: 1, max: 1 })).toThrow(
    'uniform max is 1, expected a number above min (1)',
  )
  expect(() => glorotUniform({ ...named, seed: 0.5 })).toThrow('seed is 0.5')
})

test('a configuration names its initializer', async () => {
  const seeded = { seed: 5, purpose: 'a/kernel' }
  const draw = (initializer: ReturnType<typeof normal>) => initializer.apply([30, 4]).data<'float32'>()
  expect(await draw(createInitializer({ name: 'glorot' }, seeded))).toEqual(await draw(glorotUniform(seeded)))
  expect(await draw(createInitializer({ name: 'normal', std: 0.3 }, seeded))).toEqual(
    await draw(normal({ ...seeded, std: 0.3 })),
  )
  expect(await draw(createInitializer({ name: 'uniform', limit: 0.3 }, seeded))).toEqual(
    await draw(uniform({ ...seeded, min: -0.3, max: 0.3 })),
  )
})

test.each([2, 3])(
  'with icnr and pixelShuffle by %i the first output is made of equal blocks',
  async factor => {
    const initializer = heNormal(named)
    const x = tf.randomNormal([2, 3, 4, 5], 0, 1, 'float32', 4)
    const convolve = (filters: number, kernelInitializer: Initializer) =>
      tf.layers.conv2d({ filters, kernelSize: 3, padding: 'same', kernelInitializer }).apply(x) as tf.Tensor
    const shuffled = pixelShuffle({ factor }).apply(
      convolve(2 * factor ** 2, icnr({ initializer, factor })),
    ) as tf.Tensor
    const enlarged = tf.layers
      .upSampling2d({ size: [factor, factor] })
      .apply(convolve(2, initializer)) as tf.Tensor
    expect(shuffled.shape).toEqual(enlarged.shape)
    await expectClose(shuffled, enlarged, 1e-6)
  },
)

test('icnr leaves the initializer given as it was, and refuses channels that are no blocks', async () => {
  const initializer = normal(named)
  const plain = await initializer.apply([2, 4]).data()
  const blocks = icnr({ initializer })
  await expectClose(blocks.apply([2, 16]).reshape([8, 4]).slice([0, 3], [8, 1]), plain, 0)
  await expectClose(initializer.apply([2, 4]), plain, 0)
  expect(() => blocks.apply([3, 3, 2, 6])).toThrow(
    '[gankit/layers] icnr got a kernel of shape [3,3,2,6], expected a multiple of factor² = 4 output channels: give the layer 4 times the filters that pixelShuffle is to put out',
  )
  expect(() => icnr({ initializer, factor: 1.5 })).toThrow('icnr factor is 1.5, expected a whole number')
})
