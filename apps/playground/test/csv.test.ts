import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packCsv, readCsv } from '../src/games/csv.ts'
import { packCells, packHeights, unpackCells, unpackHeights } from '../src/games/drawing.ts'
import { maxPoints, packPoints, unpackPoints } from '../src/games/packed-points.ts'

test.each([
  ['1,2\n3,4\n', 2, [1, 2, 3, 4]],
  ['x,y\r\n1;2\r\n3\t4', 2, [1, 2, 3, 4]],
  ['# a comment\n\n 1.5 -2e-1\n"3","4"', 2, [1.5, -0.2, 3, 4]],
  ['\uFEFFvalue\n1\n2\n.5', 1, [1, 2, 0.5]],
])('%j is read', (text, dimensions, values) => {
  const points = readCsv(text)
  expect(points.dimensions).toBe(dimensions)
  expect([...points.values]).toEqual(values)
  expect(points.bad).toEqual([])
})

test('lines without a point are named, and the others count', () => {
  const { count, bad } = readCsv(
    'x,y\n1,2\n3\n4,five\n6,7\n8,9,10\n1e300,1\nNaN,2\n-1,-2\n2,2\n5,5\n3,3\n7,7',
  )
  expect(count).toBe(7)
  expect(bad).toEqual([
    { line: 3, text: '3', why: 'columns' },
    { line: 4, text: '4,five', why: 'no number' },
    { line: 6, text: '8,9,10', why: 'columns' },
    { line: 7, text: '1e300,1', why: 'too large' },
    { line: 8, text: 'NaN,2', why: 'no number' },
  ])
})

test('any text is read without harm', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 500 }), text => {
      const { count, values, dimensions } = readCsv(text)
      expect(values).toHaveLength(count * dimensions)
      expect(values.every(Number.isFinite)).toBe(true)
    }),
    { seed: 23, numRuns: 300 },
  )
})

test('points are scaled alike on both axes; of too many, some are chosen', () => {
  const { taken, text } = packCsv(readCsv('0,0\n10,0\n10,5'))
  expect(taken).toBe(3)
  const values = unpackPoints(text)
  for (const [i, value] of [-0.9, -0.45, 0.9, -0.45, 0.9, 0.45].entries())
    expect(values[i]).toBeCloseTo(value, 3)
  const many = Array.from({ length: 4000 }, (_, i) => i).join('\n')
  const packed = packCsv(readCsv(many))
  expect(packed.taken).toBe(maxPoints)
  expect(packed.text).toHaveLength(2 * maxPoints)
  const chosen = unpackPoints(packed.text)
  expect(chosen.reduce((sum, value) => sum + value, 0) / maxPoints).toBeCloseTo(0, 1)
  // One point alone lies in the middle.
  expect(unpackPoints(packCsv(readCsv('7')).text)[0]).toBeCloseTo(0, 3)
})

test('drawings and points come back from a link', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 64, maxLength: 64, max: 63 }),
      fc.uint8Array({ minLength: 1600, maxLength: 1600, max: 1 }),
      fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { maxLength: 40 }),
      (heights, cells, points) => {
        expect(unpackHeights(packHeights(heights))).toEqual(heights)
        expect(unpackCells(packCells(cells))).toEqual(cells)
        const text = packPoints(points)
        expect(packPoints(unpackPoints(text))).toBe(text)
        for (const [i, value] of unpackPoints(text).entries()) expect(value).toBeCloseTo(points[i]!, 3)
      },
    ),
    { seed: 24, numRuns: 100 },
  )
})
