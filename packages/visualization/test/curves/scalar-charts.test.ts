import { expect, test } from 'vitest'
import { curveSvg, groupIntoCharts, terminalCurve } from '../../src/index.ts'
import { checkXml } from './xml.ts'

const networks = ['G A→B', 'G B→A', 'D A', 'D B', 'cycle A', 'cycle B', 'identity']
const scalars = networks.flatMap(label => [
  { name: `${label}/loss`, label, chart: 'Losses', ...(label.startsWith('D') && { equilibrium: 0.25 }) },
  { name: `${label}/gradient`, label, chart: 'Gradients' },
])
const steps = [0, 10, 20]
const values = Object.fromEntries(scalars.map(({ name }, i) => [name, [i, Number.NaN, i + 1]]))

test('scalars share the chart that they name, and a dashed line where their equilibria are one value', () => {
  const [losses, gradients, ...others] = groupIntoCharts(scalars, steps, values)
  expect(others).toEqual([])
  expect(losses).toEqual({
    title: 'Losses',
    series: networks.map((name, i) => ({ name, x: steps, y: [2 * i, Number.NaN, 2 * i + 1] })),
    levels: [{ name: 'D A, D B at the equilibrium', y: 0.25 }],
  })
  expect(gradients).toMatchObject({ title: 'Gradients', series: { length: networks.length } })
  expect(gradients).not.toHaveProperty('levels')
})

test('any number of series is drawn, eight of them in colors of their own', () => {
  const { series, levels } = groupIntoCharts(scalars, steps, values)[0]!
  const svg = curveSvg({ series: [...series, ...series], levels: levels! })
  checkXml(svg)
  const hues = [...svg.matchAll(/<path class="line hue-(\d)"/g)].map(([, hue]) => Number(hue))
  expect(hues).toEqual(Array.from({ length: 14 }, (_, i) => i % 8))
  expect(svg.match(/class="level"/g)).toHaveLength(1)
  expect(svg).toMatch(/<text class="level-name"[^>]*>D A, D B at the equilibrium<\/text>/)
  const text = terminalCurve({ series, rows: 20, columns: 60, color: 'truecolor' })
  expect(new Set(text.match(/38;2;\d+;\d+;\d+/g)).size).toBe(networks.length)
})

test('scalars and charts without values are left out, and too few values refused', () => {
  const silent = { ...values, 'D A/loss': [Number.NaN, Number.NaN, Number.NaN] }
  const alone = [{ name: 'D A/loss', label: 'D A', chart: 'Losses', equilibrium: 0.25 }]
  expect(groupIntoCharts(alone, steps, silent)).toEqual([])
  const [losses] = groupIntoCharts(scalars, steps, silent)
  expect(losses!.series.map(({ name }) => name)).toEqual(networks.filter(name => name !== 'D A'))
  expect(losses!.levels).toEqual([{ name: 'D B at the equilibrium', y: 0.25 }])
  expect(groupIntoCharts(scalars, steps, { 'D A/loss': [1, 2, 3] })[0]!.series).toHaveLength(1)
  expect(() => groupIntoCharts(alone, steps, { 'D A/loss': [1] })).toThrow(
    "[gankit/visualization] scalar 'D A/loss' has 1 values, expected 3, one for each step",
  )
})
