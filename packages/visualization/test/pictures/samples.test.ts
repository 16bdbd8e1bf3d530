import { isGankitError } from '@gankit/core'
import { expect, test } from 'vitest'
import { samplePictures } from '../../src/pictures/picture.ts'

const bytes = (...values: number[]) => [
  ...samplePictures({ samples: Float32Array.from(values), sampleShape: [1, values.length, 1] })[0]!.data,
]

test('−1 is black, +1 is white, and what lies outside is clamped', () => {
  expect(bytes(-1, 0, 1, -0.5, 0.5)).toEqual([0, 128, 255, 64, 191])
  expect(bytes(-1.001, -7, 1.001, 300)).toEqual([0, 0, 255, 255])
})

test('every byte survives the way to [−1, 1] and back', () => {
  const all = Array.from({ length: 256 }, (_, i) => i)
  expect(bytes(...all.map(byte => byte / 127.5 - 1))).toEqual(all)
})

test('samples are cut in order, up to the count', () => {
  const samples = Uint8Array.from({ length: 18 }, (_, i) => i)
  const pictures = samplePictures({ samples, sampleShape: [2, 1, 3], count: 2 })
  expect(pictures).toEqual([
    { width: 1, height: 2, channels: 3, data: Uint8Array.of(0, 1, 2, 3, 4, 5) },
    { width: 1, height: 2, channels: 3, data: Uint8Array.of(6, 7, 8, 9, 10, 11) },
  ])
})

test('pixels that are not finite are counted, among those shown', () => {
  const samples = Float32Array.of(0, 0, 0, Number.NaN, Number.NEGATIVE_INFINITY, 0, 0, Number.NaN)
  const cut = (count: number) => () => samplePictures({ samples, sampleShape: [1, 2, 1], count })
  expect(cut(3)).toThrow(
    '[gankit/visualization] 2 of 6 pixels are not finite, the first one in sample 1 (NaN), ' +
      'expected numbers in [−1, 1]: has training diverged?',
  )
  expect(cut(1)).not.toThrow()
})

test('shapes, lengths and counts that do not fit are refused', () => {
  const samples = new Float32Array(12)
  for (const sampleShape of [[2], [2, 2], [2, 2, 2], [1, 2, 2, 1], [0, 2, 1], [1.5, 2, 1], [-1, -2, 1]])
    expect(() => samplePictures({ samples, sampleShape })).toThrow(
      `sampleShape is [${sampleShape}], expected [height, width, channels] with 1 or 3 channels`,
    )
  for (const length of [0, 3, 13])
    expect(() => samplePictures({ samples: new Float32Array(length), sampleShape: [2, 2, 1] })).toThrow(
      `samples has ${length} values, expected a multiple of 4 (sampleShape [2,2,1])`,
    )
  for (const count of [0, 4, 1.5, Number.NaN])
    expect(() => samplePictures({ samples, sampleShape: [2, 2, 1], count })).toThrow(
      `count is ${count}, expected a whole number from 1 to 3`,
    )
})

test('errors are recognisable as errors of gankit', () => {
  try {
    samplePictures({ samples: new Float32Array(1), sampleShape: [2] })
    expect.unreachable()
  } catch (error) {
    expect(isGankitError(error) && [error.package, error.kind]).toEqual(['visualization', 'option'])
  }
})
