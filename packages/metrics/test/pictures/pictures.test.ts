import { GankitError } from '@gankit/core'
import { expect, test } from 'vitest'
import {
  averagePairs,
  backProjection,
  cutPicture,
  meanGradient,
  msSsim,
  type Picture,
  psnr,
  reduceByMean,
  sharpness,
  ssim,
} from '../../src/index.ts'
import fixture from '../fixtures/pictures.json' with { type: 'json' }
import { drawnPictures, type PictureRecipe } from '../fixtures/pictures.ts'

interface Measured {
  readonly crop: number
  readonly psnr: Record<'y' | 'rgb', number>
  readonly ssim: Record<'y' | 'rgb', number>
  readonly msSsim: Record<'y' | 'rgb', { readonly scales: number; readonly value: number }>
}
const cases = fixture.pictures as readonly { recipe: PictureRecipe; measured: readonly Measured[] }[]

test.each(
  cases.flatMap(({ recipe, measured }) =>
    measured.flatMap(each => (['y', 'rgb'] as const).map(channels => ({ recipe, measured: each, channels }))),
  ),
)(
  '$recipe.height×$recipe.width×$recipe.channels, $channels, crop $measured.crop are those of scikit-image and torchmetrics',
  ({ recipe, measured, channels }) => {
    const [first, second] = drawnPictures(recipe)
    const { crop } = measured
    const options = { channels, crop }
    expect(psnr(first, second, options)).toEqual({
      value: expect.closeTo(measured.psnr[channels], 9),
      channels,
      crop,
    })
    expect(ssim(first, second, options).value).toBeCloseTo(measured.ssim[channels], 10)
    const { value, scales } = measured.msSsim[channels]
    expect(msSsim(first, second, options)).toEqual({
      value: expect.closeTo(value, 10),
      channels,
      crop,
      scales,
    })
  },
)

const [waves, noisy] = drawnPictures({ seed: 9, height: 32, width: 24, channels: 3, noise: 30 })

test('equal pictures have the best values', () => {
  expect(psnr(waves, waves).value).toBe(Number.POSITIVE_INFINITY)
  expect(ssim(waves, waves).value).toBeCloseTo(1, 12)
  expect(msSsim(waves, waves)).toMatchObject({ value: expect.closeTo(1, 12), scales: 2 })
  expect(sharpness([waves], [waves])).toBe(1)
})

test('numbers in another range, and beyond it, are read as levels', () => {
  const unit = (picture: Picture): Picture => ({
    ...picture,
    values: Array.from(picture.values, value => (value + 1) / 2),
  })
  expect(psnr(unit(waves), unit(noisy), { range: [0, 1] }).value).toBeCloseTo(psnr(waves, noisy).value, 9)
  const flat = (value: number): Picture => ({ values: new Float32Array(12).fill(value), shape: [2, 2, 3] })
  // One of the two is whiter than white.
  expect(psnr(flat(3), flat(1)).value).toBe(Number.POSITIVE_INFINITY)
  // White against black on a luma from 16 to 235.
  expect(psnr(flat(1), flat(-1), { channels: 'y' }).value).toBeCloseTo(20 * Math.log10(255 / 219), 9)
})

test('an enlarged picture is reduced again beside its input', () => {
  const small = reduceByMean(waves, 4)
  expect(small.shape).toEqual([8, 6, 3])
  const reduce = (picture: Picture) => reduceByMean(picture, 4)
  expect(backProjection(waves, small, reduce).value).toBeGreaterThan(200)
  expect(backProjection(noisy, small, reduce).value).toBeCloseTo(
    psnr(reduceByMean(noisy, 4), small).value,
    12,
  )
  expect(() => reduceByMean(waves, 5)).toThrow(/expected sides that 5 divides/)
})

test('a mean of pictures is less sharp than they are, and noise is sharper', () => {
  const shifted: Picture = { ...waves, values: Array.from(waves.values, (_, i) => waves.values[i + 24] ?? 0) }
  const blurred: Picture = {
    ...waves,
    values: Array.from(waves.values, (value, i) => (value + shifted.values[i]!) / 2),
  }
  expect(sharpness([blurred], [waves, shifted])).toBeLessThan(0.9)
  expect(sharpness([noisy], [waves])).toBeGreaterThan(1.1)
  // A ramp of 0.5 to the right and 0 down.
  expect(meanGradient({ values: [0, 0.5, 1, 0, 0.5, 1], shape: [2, 3, 1] })).toBe(0.5)
})

test('a metric is averaged over pairs', () => {
  const pairs = [
    { output: noisy, target: waves },
    { output: waves, target: noisy },
  ]
  const one = psnr(noisy, waves).value
  expect(averagePairs(pairs, ({ output, target }) => psnr(output, target))).toEqual({
    value: expect.closeTo(one, 9),
    deviation: expect.closeTo(0, 9),
    count: 2,
  })
  expect(averagePairs([{ output: waves, target: waves }], () => 3)).toEqual({
    value: 3,
    deviation: null,
    count: 1,
  })
})

const small: Picture = { values: new Float32Array(300), shape: [10, 10, 3] }

test.each<[what: string, call: () => unknown, message: RegExp]>([
  ['two shapes', () => psnr(waves, small), /are 32×24×3 and 10×10×3, expected one shape/],
  ['fewer numbers', () => psnr({ ...small, values: [1] }, small), /1 numbers and the shape \[10, 10, 3\]/],
  ['NaN', () => ssim({ ...small, values: new Float32Array(300).fill(Number.NaN) }, small), /NaN among/],
  ['a crop of everything', () => psnr(small, small, { crop: 5 }), /take a smaller crop/],
  ['a crop below 0', () => psnr(small, small, { crop: -1 }), /crop is -1, expected a whole number/],
  ['no window', () => ssim(small, small), /10×10 between their borders, expected at least 11×11/],
  ['no window of any scale', () => msSsim(small, small), /at least 11×11/],
  [
    'luma of two channels',
    () => psnr({ ...small, shape: [10, 15, 2] }, { ...small, shape: [10, 15, 2] }, { channels: 'y' }),
    /have 2 channels, expected 1 or 3 for luma/,
  ],
  ['no pairs', () => averagePairs([], () => 1), /no pairs/],
  ['flat real pictures', () => sharpness([waves], [small]), /real pictures are flat/],
  ['no real pictures', () => sharpness([waves], []), /the real pictures are none/],
  ['one column', () => meanGradient({ values: [1, 2], shape: [2, 1, 1] }), /at least 2×2/],
])('%s is refused', (_, call, message) => {
  expect(call).toThrow(GankitError)
  expect(call).toThrow(message)
})

test('one picture is cut out of a batch, and only one that is there', () => {
  const numbers = Float32Array.from({ length: 12 }, (_, i) => i)
  expect(cutPicture(numbers, [1, 2, 3], 1)).toEqual({
    values: Float32Array.of(6, 7, 8, 9, 10, 11),
    shape: [1, 2, 3],
  })
  for (const [shape, index] of [
    [[1, 2, 3], 2],
    [[1, 2, 3], -1],
    [[6], 0],
  ] as const)
    expect(() => cutPicture(numbers, shape, index)).toThrow(/^\[gankit\/metrics\] 12 numbers hold no picture/)
})
