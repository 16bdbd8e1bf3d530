import { expect, test } from 'vitest'
import { curveSvg } from '../../src/index.ts'
import { checkXml } from './xml.ts'

const line = (y: readonly number[], name = 'a', x = y.map((_, i) => i)) => ({ name, x, y })

/** What the ticks of an axis say of it: from pixels to values. */
function axisOf(svg: string, axis: 'x' | 'y', scale = (value: number) => value): (pixel: number) => number {
  const texts = [
    ...svg.matchAll(new RegExp(`<text class="${axis}" x="([\\d.]+)" y="([\\d.]+)"[^>]*>([^<]+)`, 'g')),
  ]
  const ticks = texts.map(([, x, y, text]) => ({
    pixel: Number(axis === 'x' ? x : y),
    value: scale(Number(text!.replaceAll(',', '').replace('−', '-').replace('k', 'e3'))),
  }))
  const [a, b] = [ticks[0]!, ticks.at(-1)!]
  expect(ticks.length).toBeGreaterThan(1)
  return pixel => a.value + ((pixel - a.pixel) * (b.value - a.value)) / (b.pixel - a.pixel)
}

/** The points of each path, in pixels, a list for each part between gaps. */
function pathsOf(svg: string): [number, number][][][] {
  return [...svg.matchAll(/<path class="line hue-\d" d="([^"]*)"/g)].map(([, d]) =>
    d!
      .split('M')
      .slice(1)
      .map(part =>
        part
          .replace('Z', '')
          .split('L')
          .map(point => point.split(',').map(Number) as [number, number]),
      ),
  )
}

test('points are where the ticks of the axes say that they are', () => {
  const x = [0, 250, 1000, 4000]
  const y = [-1.5, 0.25, 3.5, 2]
  const svg = curveSvg({ series: [line(y, 'loss', x)] })
  checkXml(svg)
  const [across, up] = [axisOf(svg, 'x'), axisOf(svg, 'y')]
  const [[points]] = pathsOf(svg) as [[[number, number][]]]
  expect(points).toHaveLength(4)
  for (const [i, point] of points.entries()) {
    expect(Math.abs(across(point[0]) - x[i]!)).toBeLessThan(2)
    expect(Math.abs(up(point[1]) - y[i]!)).toBeLessThan(0.005)
  }
})

test('on a logarithmic axis as well', () => {
  const y = [1000, 1, 0.01]
  const svg = curveSvg({ series: [line(y)], log: true })
  checkXml(svg)
  const up = axisOf(svg, 'y', Math.log10)
  const [[points]] = pathsOf(svg) as [[[number, number][]]]
  for (const [i, [, pixel]] of points.entries()) expect(up(pixel)).toBeCloseTo(Math.log10(y[i]!), 1)
})

test('NaN parts the line, also 0 on a logarithmic axis', () => {
  const y = [1, 2, Number.NaN, 3, Number.POSITIVE_INFINITY, 4, 5]
  const lengths = (svg: string) => pathsOf(svg)[0]!.map(part => part.length)
  expect(lengths(curveSvg({ series: [line(y)] }))).toEqual([2, 1, 2])
  expect(lengths(curveSvg({ series: [line([1, 0, 2, 3])], log: true }))).toEqual([1, 2])
})

test('a level lies at its value, and the axis reaches it', () => {
  const svg = curveSvg({ series: [line([1, 2])], levels: [{ name: 'rest', y: 5 }] })
  checkXml(svg)
  const [, pixel] = /class="level"[^>]*y1="([\d.]+)"/.exec(svg)!
  expect(axisOf(svg, 'y')(Number(pixel))).toBeCloseTo(5, 1)
})

test('a long line is drawn with fewer points, and loses none of its peaks', () => {
  const y = Array.from({ length: 50_000 }, (_, i) =>
    i === 31_234 ? 9 : i === 7_040 ? -4 : Math.sin(i / 500),
  )
  const svg = curveSvg({ series: [line(y)] })
  const points = pathsOf(svg)[0]!.flat()
  expect(points.length).toBeLessThan(3000)
  const up = axisOf(svg, 'y')
  const values = points.map(([, pixel]) => up(pixel))
  expect(Math.max(...values)).toBeCloseTo(9, 1)
  expect(Math.min(...values)).toBeCloseTo(-4, 1)
})

test('names are text, whatever is in them, and long legends wrap', () => {
  const names = ['<script>alert(1)</script>', 'a & "b"', "it's\u0007", 'x'.repeat(60)]
  const svg = curveSvg({ series: names.map(name => line([1, 2], name)), title: '</title><b>', width: 400 })
  checkXml(svg)
  expect(svg).not.toContain('<script')
  expect(svg).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  const rows = [...svg.matchAll(/<line class="line[^>]*y1="(\d+)"/g)].map(([, y]) => y)
  expect(new Set(rows).size).toBeGreaterThan(1)
})

test('series without values are an empty chart, those that contradict themselves none', () => {
  checkXml(curveSvg({ series: [line([]), line([Number.NaN])] }))
  checkXml(curveSvg({ series: [line([7])] }))
  expect(() => curveSvg({ series: [line([1], 'a', [Number.NaN])] })).toThrow("series 'a' has x NaN at 0")
  expect(() => curveSvg({ series: [], width: 10 })).toThrow('width is 10')
})

test('names of levels stand apart, also where their lines are near', () => {
  const levels = [0.5, 0.51, 0.9].map(y => ({ name: `level ${y}`, y }))
  const svg = curveSvg({ series: [{ name: 'loss', x: [0, 1], y: [0, 1] }], levels })
  const places = [...svg.matchAll(/<text class="level-name" x="\d+" y="([\d.]+)"[^>]*>([^<]+)</g)]
    .map(([, y, name]) => ({ name, y: Number(y) }))
    .sort((a, b) => a.y - b.y)
  expect(places.map(({ name }) => name)).toEqual(['level 0.9', 'level 0.51', 'level 0.5'])
  for (const [i, { y }] of places.entries())
    if (i > 0) expect(y - places[i - 1]!.y).toBeGreaterThanOrEqual(12)
})
