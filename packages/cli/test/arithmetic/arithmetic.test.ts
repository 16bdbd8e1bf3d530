import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { normalPrior } from '@gankit/core'
import { drawNoise } from '@gankit/inference'
import { decodePng } from '@gankit/visualization'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { gankit, refusal } from '../gankit.ts'
import { saveTinyGenerator } from '../tiny-generator.ts'

const folder = mkdtempSync(join(tmpdir(), 'gankit-arithmetic-'))
const at = (name: string) => join(folder, name)
const latent = { size: 16, prior: normalPrior(0, 0.2) }
beforeAll(() => saveTinyGenerator(at('model'), latent.prior))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const arithmetic = async (...words: string[]): Promise<void> => {
  expect(await gankit('arithmetic', at('model'), ...words)).toMatchObject({ code: 0 })
}

/** The pixels of a tile of 4 × 4, each enlarged to a square of four, in a grid with gaps of 2. */
function tileOf(file: string, row: number, column: number): number[] {
  const { data, width } = decodePng(readFileSync(file))
  return Array.from(
    { length: 16 },
    (_, i) => data[(row * 10 + 2 * Math.floor(i / 4)) * width + column * 10 + 2 * (i % 4)]!,
  )
}
const levels = (values: Iterable<number>) =>
  [...values].map(value => Math.min(255, Math.max(0, Math.round((value + 1) * 127.5))))
const near = (got: number[], expected: number[]) =>
  Math.max(...got.map((level, i) => Math.abs(level - expected[i]!)))
const free = Array(16).fill(64)

test('chosen samples, their averages, and A − B + C amid 8 neighbours', async () => {
  const file = at('sum.png')
  await arithmetic(...'--a 3,7,9 --b 1,4 --c 2,5,6 --seed 4 --out'.split(' '), file)
  // Columns: three samples, a free one, the average, a free one, three of the result.
  expect(decodePng(readFileSync(file))).toMatchObject({ width: 9 * 10 - 2, height: 3 * 10 - 2 })

  // The generator's picture is its latent.
  const latents = drawNoise({ noise: latent }, 10, 4)
  const sample = (row: number) => [...latents.subarray(row * 16, (row + 1) * 16)]
  const mean = (...rows: number[]) =>
    sample(0).map((_, i) => rows.reduce((sum, row) => sum + sample(row)[i]!, 0) / rows.length)
  const lists = [
    [3, 7, 9],
    [1, 4],
    [2, 5, 6],
  ]
  for (const [row, list] of lists.entries()) {
    for (const [i, number] of list.entries())
      expect(tileOf(file, row, 3 - list.length + i)).toEqual(levels(sample(number)))
    expect(near(tileOf(file, row, 4), levels(mean(...list)))).toBeLessThanOrEqual(1)
    for (const column of [3, 5]) expect(tileOf(file, row, column)).toEqual(free)
  }
  expect(tileOf(file, 1, 0)).toEqual(free)

  const [a, b, c] = lists.map(list => mean(...list))
  const sum = a!.map((value, i) => value - b![i]! + c![i]!)
  expect(near(tileOf(file, 1, 7), levels(sum))).toBeLessThanOrEqual(1)
  const neighbours = [6, 7, 8].flatMap(column => [0, 1, 2].map(row => tileOf(file, row, column)))
  expect(new Set(neighbours.map(String)).size).toBe(9)
  for (const neighbour of neighbours)
    expect(near(neighbour, levels(sum))).toBeLessThanOrEqual(0.25 * 127.5 + 1)
})

test('the average of A alone, of the samples that gankit sample numbers', async () => {
  await arithmetic('--a', '0, 8,8', '--out', at('one.PNG'))
  expect(decodePng(readFileSync(at('one.PNG')))).toMatchObject({ width: 5 * 10 - 2, height: 10 - 2 })
  await gankit('sample', at('model'), '--count', '9', '--out', at('nine.png'))
  expect(tileOf(at('one.PNG'), 0, 0)).toEqual(tileOf(at('nine.png'), 0, 0))
  expect(tileOf(at('one.PNG'), 0, 2)).toEqual(tileOf(at('nine.png'), 2, 2))
})

const expectedNumbers = 'Expected 1 to 100 whole numbers from 0 to 9999, commas between them.'
test.each<[string, string[], string]>([
  ['a number out of range', ['--a', '1,10000'], expectedNumbers],
  ['an empty list', ['--a', ''], 'Expected a text that is not empty'],
  ['a list that ends too early', ['--a', '1,'], expectedNumbers],
  ['a word', ['--a', '1', '--b', '2;3'], expectedNumbers],
  ['too long a list', ['--a', Array(101).fill(1).join()], expectedNumbers],
  ['no list', [], "required option '--a <numbers>' not specified"],
  ['B without C', ['--a', '1', '--b', '2'], 'got --b without --c, expected both, for A − B + C, or neither'],
  ['C without B', ['--a', '1', '--c', '2'], 'got --c without --b, expected both'],
  ['another kind of file', ['--a', '1', '--out', at('sum.gif')], 'Expected a file name that ends in .png.'],
])('%s is refused', async (_, words, message) => {
  expect(await refusal('arithmetic', at('model'), '--out', at('refused.png'), ...words)).toContain(message)
  expect(existsSync(at('refused.png'))).toBe(false)
})
