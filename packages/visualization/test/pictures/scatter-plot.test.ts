import { expect, test } from 'vitest'
import { scatterPlot } from '../../src/index.ts'

const lit = ({ width, data }: { width: number; data: Uint8Array }) =>
  Array.from(data.entries())
    .filter(([, level]) => level > 0)
    .map(([i]) => [i % width, Math.floor(i / width)])

test('points are where their coordinates say, the second axis upwards', () => {
  const extent = [
    [0, 7],
    [0, 7],
  ] as const
  expect(lit(scatterPlot({ points: [0, 0, 7, 7, 3, 5], dimensions: 2, extent, size: 8 })).sort()).toEqual([
    [0, 7],
    [3, 2],
    [7, 0],
  ])
  expect(lit(scatterPlot({ points: [1, 1, 90, 1], dimensions: 2, extent, size: 8 }))).toEqual([[1, 6]])
})

test('more points in a pixel are lighter, as their logarithms', () => {
  const points = [0, 0, ...Array.from({ length: 3 }, () => [7, 7]).flat()]
  const { data } = scatterPlot({ points, dimensions: 2, size: 8 })
  expect([data[7 * 8], data[7]]).toEqual([Math.round((255 * Math.log(2)) / Math.log(4)), 255])
})

test('in one dimension a column is as high as its share of the fullest', () => {
  const points = [0, 7, 7]
  const { data } = scatterPlot({ points, dimensions: 1, size: 8 })
  const height = (x: number) => Array.from({ length: 8 }, (_, y) => data[y * 8 + x]!).filter(Boolean).length
  expect([height(0), height(3), height(7)]).toEqual([4, 0, 8])
})

test('what is no set of points is refused', () => {
  expect(() => scatterPlot({ points: [1, 2, 3], dimensions: 2 })).toThrow(
    'points has 3 numbers in 2 dimensions',
  )
  expect(() => scatterPlot({ points: [], dimensions: 1 })).toThrow('expected points in 1 or 2')
  expect(() => scatterPlot({ points: [1, 2], dimensions: 3 })).toThrow('in 3 dimensions')
  expect(() => scatterPlot({ points: [1, Number.NaN], dimensions: 2 })).toThrow('point 0 is NaN')
})

test('reference points are blue, points orange, and both together white, each on its own scale', () => {
  const extent = [
    [0, 7],
    [0, 7],
  ] as const
  const reference = [7, 7, 7, 7, 3, 0, 3, 0]
  const plot = scatterPlot({ points: [0, 0, 7, 7], dimensions: 2, reference, extent, size: 8 })
  const colorAt = (x: number, y: number) => [
    ...plot.data.subarray(3 * ((7 - y) * 8 + x), 3 * ((7 - y) * 8 + x + 1)),
  ]
  expect(plot.channels).toBe(3)
  expect(colorAt(7, 7)).toEqual([255, 255, 255])
  expect(colorAt(0, 0)).toEqual([255, 135, 30])
  expect(colorAt(3, 0)).toEqual([0, 120, 225])
  expect(colorAt(5, 5)).toEqual([0, 0, 0])
})

test('the extent covers the reference too, and a reference of other dimensions is refused', () => {
  const plot = scatterPlot({ points: [0, 7], dimensions: 1, reference: [14], size: 15 })
  expect([...plot.data.subarray(3 * 14 * 15 + 3 * 14)]).toEqual([0, 120, 225])
  expect([...plot.data.subarray(3 * 14 * 15, 3 * 14 * 15 + 3)]).toEqual([255, 135, 30])
  expect(() => scatterPlot({ points: [1, 2], dimensions: 2, reference: [1] })).toThrow(
    'reference has 1 numbers',
  )
})

test('larger dots are squares of the bins of a smaller plot', () => {
  const points = [0, 0, 7, 7, 3, 5, 3, 5]
  const small = scatterPlot({ points, dimensions: 2, size: 8 })
  const large = scatterPlot({ points, dimensions: 2, size: 24, dotSize: 3 })
  expect([large.width, large.height]).toEqual([24, 24])
  for (const [pixel, level] of large.data.entries())
    expect(level).toBe(small.data[Math.floor(pixel / 72) * 8 + Math.floor((pixel % 24) / 3)])
  expect(() => scatterPlot({ points, dimensions: 2, size: 24, dotSize: 5 })).toThrow(
    'dotSize is 5, expected a divisor of size (24)',
  )
})
