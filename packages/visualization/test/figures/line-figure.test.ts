import { expect, test } from 'vitest'
import { lineFigureSvg, placesOnLine } from '../../src/index.ts'
import { checkXml } from '../curves/xml.ts'
import { normalDensity } from './normal-density.ts'
import { readPath, readScale } from './read-figure.ts'

const extent = [-4, 5] as const
const places = placesOnLine(extent, 241)
const [data, generated] = [0, 1].map(mean => places.map(x => normalDensity(x, mean, 1))) as [
  Float32Array,
  Float32Array,
]
const latents = placesOnLine([-2, 2], 9)
const images = latents.map(z => 1 + z)
const verdicts = places.map(() => 0.25)
const svg = lineFigureSvg({ extent, data, generated, verdicts, latents, images })

test('it is an SVG whose curves are the densities and D, at the scales of its axes', () => {
  checkXml(svg)
  const x = readScale(svg, 'x')
  const verdict = readScale(svg, 'D')
  const d = readPath(svg, { stroke: '#2463c4', width: 2 })
  for (const [, y] of d) expect(verdict(y)).toBeCloseTo(0.25, 2)
  expect([x(d[0]![0]), x(d.at(-1)![0])]).toEqual([expect.closeTo(-4, 1), expect.closeTo(5, 1)])

  // Densities share a scale: the greatest of both is the same, and each has the shape of its formula.
  const greatest = (curve: readonly (readonly [number, number])[]) =>
    Math.max(...curve.map(([, y]) => verdict(y)))
  const g = readPath(svg, { stroke: '#0f7a3a', width: 2.25 })
  const dots = readPath(svg, { stroke: '#1b1f27', width: 3.2 })
  expect(greatest(g)).toBeCloseTo(0.8, 2)
  for (const [curve, mean] of [
    [g, 1],
    [dots, 0],
  ] as const)
    for (const [px, py] of curve)
      expect(verdict(py)).toBeCloseTo((0.8 * normalDensity(x(px), mean, 1)) / normalDensity(0, 0, 1), 1)
})

test("the dashed line is D's best answer", () => {
  const [x, verdict] = [readScale(svg, 'x'), readScale(svg, 'D')]
  for (const [px, py] of readPath(svg, { stroke: '#2463c4', width: 1.25 })) {
    const at = x(px)
    if (at > -3.5 && at < 4.5) expect(verdict(py)).toBeCloseTo(1 / (1 + Math.exp(at - 0.5)), 1)
  }
})

test('lines lead from each z to G(z), and those beyond the plot end at its edge', () => {
  const x = readScale(svg, 'x')
  const ends = readPath(svg, { stroke: '#0f7a3a', width: 1 }).filter((_, i) => i % 2 === 1)
  expect(ends.map(([px]) => x(px))).toEqual(Array.from(images, value => expect.closeTo(value, 1)))
  const far = lineFigureSvg({ extent, data, generated, latents: [0, 1], images: [-100, 100] })
  const outer = readPath(far, { stroke: '#0f7a3a', width: 1 }).filter((_, i) => i % 2 === 1)
  expect(outer.map(([px]) => x(px))).toEqual([expect.closeTo(-4, 1), expect.closeTo(5, 1)])
})

test('a density far above the data leaves the plot, and what is not there is not drawn', () => {
  const high = lineFigureSvg({ extent, data, generated: generated.map(q => 100 * q), latents, images })
  expect(Math.min(...readPath(high, { stroke: '#0f7a3a', width: 2.25 }).map(([, y]) => y))).toBeGreaterThan(
    -30,
  )
  expect(high).not.toContain('>D<')
})

test('numbers that are not finite, and lists that contradict one another, are refused', () => {
  expect(() =>
    lineFigureSvg({ extent, data, generated, latents, images: images.map(() => Number.NaN) }),
  ).toThrow('[gankit/visualization] images.0 is NaN, expected finite numbers: has training diverged?')
  expect(() => lineFigureSvg({ extent, data, generated: [1], latents, images })).toThrow(
    'generated has 1 numbers, expected 241',
  )
  expect(() => lineFigureSvg({ extent: [1, 1], data, generated, latents, images })).toThrow(
    'extent is [[1,1]], expected [least, greatest] for one axis',
  )
})
