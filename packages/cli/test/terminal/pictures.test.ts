import { Buffer } from 'node:buffer'
import { expect, test } from 'vitest'
import { drawSamplesPicture, encodeSamplesPicture, hasPicture } from '../../src/terminal/pictures.ts'

const draw = (samples: Float32Array | Int32Array, sampleShape: readonly number[], count: number) =>
  drawSamplesPicture({ samples, sampleShape, count })

test('images are a grid, small ones at twice their size', () => {
  const drawn = draw(new Float32Array(4 * 16), [4, 4, 1], 4)
  // Two by two tiles of 8 pixels, with gaps of 2.
  expect(drawn).toMatchObject({ kind: 'picture', picture: { width: 18, height: 18, channels: 1 } })
  const file = encodeSamplesPicture(drawn) as Uint8Array
  expect(Buffer.from(file.subarray(1, 4)).toString()).toBe('PNG')
})

test.each([1, 2])('points in %i dimensions are a plot', dimensions => {
  const points = Float32Array.from({ length: 30 * dimensions }, (_, i) => Math.sin(i))
  expect(draw(points, [dimensions], 30)).toMatchObject({ kind: 'picture', picture: { width: 256 } })
})

test('tokens are a line each', () => {
  const drawn = draw(Int32Array.of(5, 0, 7, 1, 2, 3), [3], 2)
  expect(drawn).toEqual({ kind: 'text', text: '5 0 7\n1 2 3\n' })
  expect(encodeSamplesPicture(drawn)).toBe('5 0 7\n1 2 3\n')
})

test('numbers of another shape are text, as many as fit in a line', () => {
  const { text } = draw(new Float32Array(100).fill(0.25), [100], 1) as { text: string }
  expect(text).toBe(`${Array(64).fill('0.250').join(' ')} …\n`)
})

test('samples that can’t be drawn say why, and end no run', () => {
  const drawn = draw(new Float32Array(16).fill(Number.NaN), [4, 4, 1], 1) as { text: string }
  expect(drawn.text).toContain('16 of 16 pixels are not finite')
  const points = draw(new Float32Array(2).fill(Number.NaN), [2], 1)
  expect(points.kind).toBe('text')
})

test('images of gray or color and points have a picture', () => {
  expect([[4, 4, 1], [4, 4, 3], [2], [1]].map(hasPicture)).toEqual([true, true, true, true])
  expect([[4, 4, 2], [3], [4, 4], []].map(hasPicture)).toEqual([false, false, false, false])
})
