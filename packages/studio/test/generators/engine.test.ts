import { randomStream } from '@gankit/core'
import { cartoonLabels, cartoonStyles } from '@gankit/datasets'
import { describe, expect, it } from 'vitest'
import { findEigenvectors } from '../../src/generators/engine/directions.ts'
import { listAllLabels } from '../../src/generators/engine/examples.ts'
import { toPixels, transferredOf } from '../../src/generators/engine/pixels.ts'

describe('pixels', () => {
  it('gray is the same thrice, and opaque; beyond the range it is clamped', () => {
    const [pixels] = toPixels({ samples: Float32Array.of(-1, 1, 0, 5), sampleShape: [2, 2, 1] })
    expect([...pixels!.data]).toEqual([
      0, 0, 0, 255, 255, 255, 255, 255, 128, 128, 128, 255, 255, 255, 255, 255,
    ])
  })

  it('are handed over and not copied, wherever they are in an answer; noise is copied', () => {
    const pixels = { width: 1, height: 1, data: new Uint8ClampedArray(4) }
    const input = { noise: new Float32Array(2), condition: new Float32Array() }
    expect(transferredOf([{ pixels, labels: [] }])).toEqual([pixels.data.buffer])
    expect(transferredOf([input])).toEqual([])
  })
})

describe('findEigenvectors', () => {
  it('finds those of a matrix whose eigenvalues are known, the largest first', () => {
    const size = 12
    // A symmetric matrix of known vectors: a reflection of the axes, with the squares of 12 to 1 along them.
    const axis = randomStream(3, 'test/axis').normal(size)
    const length = axis.reduce((sum, value) => sum + value * value, 0)
    const vector = (n: number) =>
      Float64Array.from(axis, (value, i) => Number(i === n) - (2 * value * axis[n]!) / length)
    const matrix = new Float32Array(size * size)
    for (let n = 0; n < size; n++)
      for (let row = 0; row < size; row++)
        for (let column = 0; column < size; column++)
          matrix[row * size + column]! += (size - n) ** 2 * vector(n)[row]! * vector(n)[column]!
    for (const [n, found] of findEigenvectors(matrix, size, 4).entries()) {
      const cosine = found.reduce((sum, value, i) => sum + value * vector(n)[i]!, 0)
      expect(Math.abs(cosine)).toBeCloseTo(1, 4)
    }
  })
})

describe('examples', () => {
  it('the labels of all styles have one color each', () => {
    const labels = listAllLabels()
    const styles = Object.keys(cartoonStyles) as (keyof typeof cartoonStyles)[]
    const colors = styles.flatMap(style => cartoonLabels(style).map(({ color }) => String(color)))
    expect(labels.map(({ color }) => String(color))).toEqual([...new Set(colors)])
  })
})
