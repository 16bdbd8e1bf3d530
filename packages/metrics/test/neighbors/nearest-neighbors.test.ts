import { readFileSync } from 'node:fs'
import { randomStream } from '@gankit/core'
import { describe, expect, it } from 'vitest'
import { nearestNeighbors } from '../../src/index.ts'
import { normals, rows } from '../memorization/samples.ts'

const file = `${import.meta.dirname}/../fixtures/memorization.json`
const { neighbours } = JSON.parse(readFileSync(file, 'utf8')) as {
  neighbours: { size: number; training: number[]; queries: number[]; indices: number[]; distances: number[] }
}

describe('nearestNeighbors', () => {
  it('are those of scikit-learn', async () => {
    const { size, training, queries, indices, distances } = neighbours
    const got = await nearestNeighbors(rows(queries, size), rows(training, size), { count: 3 })
    expect(Array.from(got.indices)).toEqual(indices)
    for (const [i, distance] of got.distances.entries()) expect(distance).toBeCloseTo(distances[i]!, 12)
  })

  it('find copies at distance 0, the first of doubles first', async () => {
    const training = rows([5, 5, 1, 2, 1, 2, 9, 9], 2)
    const got = await nearestNeighbors(rows([1, 2, 9, 9], 2), training, { count: 2 })
    expect(Array.from(got.indices)).toEqual([1, 2, 3, 0])
    expect(Array.from(got.distances)).toEqual([0, 0, 0, Math.sqrt(32)])
  })

  it('tell apart what differs in the last digits, far from the origin', async () => {
    const at = (value: number) => [value, 1e4, -1e4]
    const training = { ...rows([...at(3), ...at(1 + 2e-9), ...at(1 - 1e-9)], 3) }
    const got = await nearestNeighbors(rows(at(1), 3), training, { count: 3 })
    expect(Array.from(got.indices)).toEqual([2, 1, 0])
  })

  it('search 4,000 training pictures for 600 fakes block by block, as one by one would', async () => {
    const [training, fakes] = [normals(4000, 48, 1), normals(600, 48, 2)]
    const got = await nearestNeighbors(fakes, training)
    for (let fake = 0; fake < 600; fake += 37) {
      let [nearest, least] = [0, Number.POSITIVE_INFINITY]
      for (let j = 0; j < 4000; j++) {
        let square = 0
        for (let k = 0; k < 48; k++)
          square += (fakes.values[fake * 48 + k]! - training.values[j * 48 + k]!) ** 2
        if (square < least) [nearest, least] = [j, square]
      }
      expect(got.indices[fake]).toBe(nearest)
      expect(got.distances[fake]).toBeCloseTo(Math.sqrt(least), 12)
    }
  })

  it('refuse too few training samples, other lengths, and numbers that are not finite', async () => {
    const two = normals(2, 3, 1)
    await expect(nearestNeighbors(two, two, { count: 3 })).rejects.toThrow(
      /2 training samples, expected at least 3/,
    )
    await expect(nearestNeighbors(two, two, { count: 0 })).rejects.toThrow(/count is 0/)
    await expect(nearestNeighbors(two, normals(2, 4, 1))).rejects.toThrow(/4 and 3 features/)
    const broken = rows(
      randomStream(1, 'test')
        .normal(6)
        .map((x, i) => (i === 4 ? Number.NaN : x)),
      3,
    )
    await expect(nearestNeighbors(broken, two)).rejects.toThrow(/the fakes hold NaN in sample 1/)
  })
})
