import sharp from 'sharp'
import { expect, test } from 'vitest'
import { latticeLatents, latticePoints, placesInPlane, planeFigureSvg } from '../../src/index.ts'
import { checkXml } from '../curves/xml.ts'
import { readPath, readScale } from './read-figure.ts'

const extent = [
  [-2, 2],
  [-1, 3],
] as const
const side = 8
// D takes what is right of 0 and above 1 for real, what is left of 0 for fake.
const verdicts = Array.from({ length: side * side }, (_, i) => {
  const places = placesInPlane(extent, side)
  const [x, y] = [places[2 * i]!, places[2 * i + 1]!]
  return x < 0 ? 0 : y > 1 ? 1 : 0.5
})
const reals = [1, 2, 1.5, -0.5]
const fakes = [-1, 0]
const missed = [[1, 2]]

test('points, rings and lattice lie where the axes say', () => {
  const images = latticeLatents({ size: 2, prior: { name: 'uniform', min: -1, max: 1 } })
  const svg = planeFigureSvg({
    ...{ extent, reals, fakes, missed },
    lattice: { images, points: latticePoints },
  })
  checkXml(svg)
  const [x, y] = [readScale(svg, 'x'), readScale(svg, 'y')]
  const values = (points: readonly (readonly [number, number])[]) =>
    points.flatMap(([px, py]) => [x(px), y(py)])
  const near = (numbers: readonly number[]) => numbers.map(value => expect.closeTo(value, 1))
  expect(values(readPath(svg, { stroke: '#1b1f27', width: 3.4 }))).toEqual(near(reals))
  expect(values(readPath(svg, { stroke: '#0f7a3a', width: 5 }))).toEqual(near(fakes))
  expect(values(readPath(svg, { stroke: '#0f7a3a', width: 1 }))).toEqual(near([...images]))
  const [, ringX, ringY] = /<circle cx="([\d.]+)" cy="([\d.]+)" r="13"/.exec(svg)!
  expect([x(Number(ringX)), y(Number(ringY))]).toEqual(near(missed[0]!))
  expect(svg).toContain('missed mode')
})

test('the heat map is blue where D takes samples for real, orange where for fake, white where it does not know', async () => {
  const svg = planeFigureSvg({ extent, reals, fakes, verdicts })
  const [, png] = /href="data:image\/png;base64,([^"]+)"/.exec(svg)!
  const { data, info } = await sharp(Buffer.from(png!, 'base64')).raw().toBuffer({ resolveWithObject: true })
  expect(info).toMatchObject({ width: side, height: side, channels: 3 })
  const pixel = (column: number, row: number) => [...data.subarray(3 * (row * side + column)).subarray(0, 3)]
  // 60% of the color on white.
  const tint = (color: readonly number[]) =>
    color.map(level => expect.closeTo(255 + 0.6 * (level - 255), -0.5))
  expect(pixel(side - 1, 0)).toEqual(tint([0x24, 0x63, 0xc4]))
  expect(pixel(0, 0)).toEqual(tint([0xc2, 0x57, 0x1a]))
  expect(Math.min(...pixel(side - 1, side - 1))).toBeGreaterThan(245)
})

test('the units of both axes are the same, also where one is longer', () => {
  const svg = planeFigureSvg({ extent: [extent[0], [0, 2]], reals, fakes })
  const [x, y] = [readScale(svg, 'x'), readScale(svg, 'y')]
  expect(Math.abs(x(100) - x(0))).toBeCloseTo(Math.abs(y(100) - y(0)), 2)
})

test('what is not finite, and a grid that is no square, is refused', () => {
  expect(() => planeFigureSvg({ extent, reals, fakes: [Number.NaN, 0] })).toThrow(
    'fakes.0 is NaN, expected finite numbers: has training diverged?',
  )
  expect(() => planeFigureSvg({ extent, reals, fakes, verdicts: [1, 0, 1] })).toThrow(
    'verdicts has 3 numbers, expected those of a square grid',
  )
})
