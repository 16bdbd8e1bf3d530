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
  expect(stagePlan(height, width)).toEqual({ start, stages })
})

test.each<[number, number, string]>([
  [30, 30, 'resize the images to 28×28 or 32×32'],
  [50, 50, 'resize the images to 48×48 or 56×56'],
  [100, 100, 'resize the images to 96×96 or 112×112'],
  [7, 7, 'resize the images to 8×8'],
  [64, 17, 'resize the images to 64×16 or '],
])('%d×%d can’t be reached, and what can is named', (height, width, message) => {
  expect(() => stagePlan(height, width)).toThrow(message)
})

test('stages can be named', () => {
  expect(stagePlan(28, 28, 1)).toEqual({ start: [14, 14], stages: 1 })
  expect(stagePlan(100, 60, 2)).toEqual({ start: [25, 15], stages: 2 })
  expect(() => stagePlan(28, 28, 3)).toThrow(
    'stages is 3 for images of 28×28, expected a whole number from 1 by which both sides can be halved: at most 2',
  )
})

test('every plan doubles its start into the image, and every size that is named has one', () => {
  const side = fc.integer({ min: 8, max: 300 })
  fc.assert(
    fc.property(side, side, (height, width) => {
      try {
        const { start, stages } = stagePlan(height, width)
        return start[0] * 2 ** stages === height && start[1] * 2 ** stages === width
      } catch (error) {
        const named = [...(error as Error).message.matchAll(/(\d+)×(\d+)/g)].slice(1)
        return named.length > 0 && named.every(([, h, w]) => stagePlan(Number(h), Number(w)).stages >= 1)
      }
    }),
    { numRuns: 60 },
  )
})
