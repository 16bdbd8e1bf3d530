import { expect, test } from 'vitest'
import { drawBeside } from '../../src/terminal/beside.ts'

const samplesOf = (count: number, side: number, level: (i: number) => number) => ({
  samples: Float32Array.from({ length: count * side * side }, (_, at) => level(Math.floor(at / side ** 2))),
  sampleShape: [side, side, 1],
  count,
})

test('inputs, outputs and targets stand side by side, three of each in a row, small inputs enlarged', () => {
  const drawn = drawBeside(
    samplesOf(6, 64, () => 1),
    {
      inputs: samplesOf(6, 16, i => i / 5 - 1),
      targets: samplesOf(6, 64, () => 0),
    },
  )
  if (drawn?.kind !== 'picture') throw new Error('no picture')
  const { width, height, data } = drawn.picture
  expect(width).toBe(9 * 64 + 8 * 2)
  const top = height - (2 * 64 + 2)
  const levelAt = (column: number, row: number) => data[(top + row * 66 + 32) * width + column * 66 + 32]!
  // Rows go on in the next block: samples 0 and 1, then 2 and 3, then 4 and 5.
  for (const [block, row] of [0, 1, 2].flatMap(block => [0, 1].map(row => [block, row] as const))) {
    const sample = 2 * block + row
    expect(Math.abs(levelAt(3 * block, row) - (sample / 5) * 127.5)).toBeLessThan(1)
    expect(levelAt(3 * block + 1, row)).toBe(255)
    expect(Math.abs(levelAt(3 * block + 2, row) - 127.5)).toBeLessThan(1)
  }
})

test('without targets there are two columns; samples of other shapes have no such picture', () => {
  const outputs = samplesOf(3, 8, () => 0)
  const drawn = drawBeside(outputs, { inputs: samplesOf(3, 8, () => 0) })
  expect(drawn).toMatchObject({ picture: { width: 6 * 16 + 5 * 2 } })
  expect(drawBeside(outputs, { inputs: samplesOf(3, 5, () => 0) })).toBeUndefined()
  expect(
    drawBeside(outputs, { inputs: { samples: new Float32Array(6), sampleShape: [2], count: 3 } }),
  ).toBeUndefined()
})
