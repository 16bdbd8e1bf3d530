import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stagePlan } from '../src/stage-plan.ts'

test.each<[number, number, readonly [number, number], number]>([
  [28, 28, [7, 7], 2],
  [32, 32, [4, 4], 3],
  [64, 64, [4, 4], 4],
  [96, 96, [6, 6], 4],
  [128, 128, [4, 4], 5],
  [256, 256, [4, 4], 6],
  [96, 128, [6, 8], 4],
  [64, 128, [4, 8], 4],
  [40, 40, [5, 5], 3],
  [8, 8, [4, 4], 1],
])('%d×%d', (height, width, start, stages) => {
  expect(stagePlan(height, width)).toMatchObject({ start, stages })
})

test.each<[number, number, string]>([
  [30, 30, '8×8 15×15 30×30'],
  [100, 100, '7×7 13×13 25×25 50×50 100×100'],
  [7, 13, '4×7 7×13'],
  [2, 3, '1×2 2×3'],
  [64, 17, '16×5 32×9 64×17'],
  [7, 200, '1×13 1×25 2×50 4×100 7×200'],
  // One more doubling would fit if it were to lose something.
  [64, 72, '8×9 16×18 32×36 64×72'],
])('%d×%d is %s, sides halved upwards', (height, width, expected) => {
  const { start, stages, sizes } = stagePlan(height, width)
  expect([start, ...sizes].map(size => size.join('×')).join(' ')).toBe(expected)
  expect(stages).toBe(sizes.length)
})

test('stages can be named', () => {
  expect(stagePlan(28, 28, 1)).toMatchObject({ start: [14, 14], stages: 1 })
  expect(stagePlan(28, 28, 3)).toMatchObject({ start: [4, 4], stages: 3 })
  expect(stagePlan(100, 60, 2)).toMatchObject({ start: [25, 15], stages: 2 })
  for (const stages of [0, 1.5, 6])
    expect(() => stagePlan(28, 28, stages)).toThrow(
      `stages is ${stages} for images of 28×28, expected a whole number from 1 to 5`,
    )
})

test('every plan goes from its start to the image by doublings that lose a line at most', () => {
  const side = fc.integer({ min: 2, max: 4096 })
  fc.assert(
    fc.property(side, side, (height, width) => {
      const { start, stages, sizes } = stagePlan(height, width)
      expect(sizes.length).toBe(stages)
      expect(sizes.at(-1)).toEqual([height, width])
      expect(Math.max(...start)).toBeLessThanOrEqual(16)
      let before = start
      for (const size of sizes) {
        for (const axis of [0, 1]) expect([0, 1]).toContain(2 * before[axis]! - size[axis]!)
        before = size
      }
    }),
    { numRuns: 60 },
  )
})
