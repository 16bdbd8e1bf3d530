import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { dataCopying } from '../../src/index.ts'
import { normals, rows } from './samples.ts'

const file = `${import.meta.dirname}/../fixtures/memorization.json`
const { copying } = JSON.parse(readFileSync(file, 'utf8')) as {
  copying: Record<'training' | 'heldOut' | 'fakes' | 'scores', number[]> & {
    statistic: number
    pCopying: number
  }
}
const size = 6
const training = normals(1000, size, 1)
const heldOut = normals(400, size, 2)
/** The first training samples, each moved a little. */
const copies = (count: number, off: number, seed: number) => {
  const noise = normals(count, size, seed, off).values
  return rows(
    noise.map((value, i) => value + training.values[i]!),
    size,
  )
}

describe('dataCopying', () => {
  it('is the statistic of Meehan et al. from SciPy’s U, cell by cell', async () => {
    const given = {
      training: rows(copying.training, 2),
      heldOut: rows(copying.heldOut, 2),
      fakes: rows(copying.fakes, 2),
    }
    const got = await dataCopying(given, { cells: 3 })
    expect(got.statistic).toBeCloseTo(copying.statistic, 9)
    expect(got.pCopying).toBeCloseTo(copying.pCopying, 9)
    expect(got.pUnderfitting).toBeCloseTo(1 - copying.pCopying, 9)
    const ascending = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b)
    for (const [i, z] of ascending(got.cells.map(cell => cell.z)).entries())
      expect(z).toBeCloseTo(ascending(copying.scores)[i]!, 9)
  })

  it.each([0, 0.2])('catches a generator that copies, %s off', async off => {
    const { statistic, pCopying, pUnderfitting } = await dataCopying({
      training,
      heldOut,
      fakes: copies(400, off, 3),
    })
    expect(statistic).toBeLessThan(-4)
    expect(pCopying).toBeLessThan(1e-3)
    expect(pUnderfitting).toBeGreaterThan(0.99)
  })

  it('lets new samples of the same distribution pass, nineteen times in twenty', async () => {
    let rejected = 0
    for (let seed = 10; seed < 50; seed++) {
      const given = { training: normals(200, 3, seed), heldOut: normals(100, 3, seed + 100) }
      const { pCopying } = await dataCopying({ ...given, fakes: normals(100, 3, seed + 200) })
      if (pCopying < 0.05) rejected++
    }
    // Of 40, more than 6 have a chance of 0.3% at a level of 0.05.
    expect(rejected).toBeLessThanOrEqual(6)
  })

  it('has the other sign for a generator that underfits', async () => {
    const got = await dataCopying({ training, heldOut, fakes: normals(400, size, 4, 1.5) })
    expect(got.statistic).toBeGreaterThan(4)
    expect(got.pUnderfitting).toBeLessThan(1e-3)
    expect(got.pCopying).toBeGreaterThan(0.99)
  })

  it('finds copies in one cell that too wide a spread in another hides', async () => {
    const shifted = (samples: ReturnType<typeof normals>, far: number) =>
      Array.from(samples.values, (value, i) => value + (i % size === 0 ? far : 0))
    const both = (first: ReturnType<typeof normals>, second: ReturnType<typeof normals>) =>
      rows([...shifted(first, 0), ...shifted(second, 40)], size)
    const given = {
      training: both(training, normals(200, size, 5)),
      heldOut: both(heldOut, normals(100, size, 6)),
      fakes: both(copies(200, 0.2, 7), normals(300, size, 8, 3)),
    }
    const whole = await dataCopying(given)
    const parts = await dataCopying(given, { cells: 2 })
    expect(whole.pCopying).toBeGreaterThan(0.5)
    expect(parts.cells.map(({ pLess }) => pLess < 1e-3).sort()).toEqual([false, true])
    expect(parts.cells.map(cell => cell.heldOut).toSorted((a, b) => a - b)).toEqual([100, 400])
  })

  it('refuses too few samples to judge', async () => {
    const few = normals(19, size, 1)
    await expect(dataCopying({ training, heldOut: few, fakes: heldOut })).rejects.toThrow(
      /held-out samples are of 19/,
    )
    await expect(dataCopying({ training, heldOut, fakes: heldOut }, { cells: 0 })).rejects.toThrow(
      /cells is 0/,
    )
    await expect(dataCopying({ training, heldOut: normals(40, 2, 1), fakes: heldOut })).rejects.toThrow(
      /features/,
    )
    await expect(dataCopying({ training, heldOut, fakes: heldOut }, { cells: 100 })).rejects.toThrow(
      /no cell has 20/,
    )
  })
})
