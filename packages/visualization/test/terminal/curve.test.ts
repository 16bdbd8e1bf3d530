import { expect, test } from 'vitest'
import { terminalCurve } from '../../src/index.ts'
import { dotsIn } from './lines.ts'
import { withoutEscapes } from './screen.ts'

const series = (y: readonly number[], name = 'a', x = y.map((_, i) => i)) => ({ name, x, y })
/** The plot without its labels, its axis and its legend. */
const plotOf = (text: string) =>
  withoutEscapes(text)
    .split('\n')
    .filter(line => /[┤│]/.test(line))
    .map(line => line.replace(/^.*[┤│]/, ''))

test('a straight line is a diagonal of dots, with its ends beside it', () => {
  const text = terminalCurve({ series: [series([10, 20], 'rises', [100, 300])], columns: 25, rows: 12 })
  const lines = text.split('\n')
  expect(lines).toHaveLength(12)
  expect(lines[0]).toMatch(/^20 ┤/)
  expect(lines[9]).toMatch(/^10 ┤/)
  expect(lines[10]).toMatch(/^ {3}└ 100 ─+ 300$/)
  expect(lines[11]).toMatch(/^ {5}\S{4} rises 20$/)
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(25)
  // 21 characters by 10 are 42 by 40 dots.
  const dots = dotsIn(plotOf(text))
  expect(new Set(dots.map(([x]) => x)).size).toBe(42)
  for (const [x, y] of dots) expect(Math.abs(39 - (39 * x) / 41 - y)).toBeLessThanOrEqual(0.5)
})

test('NaN is a gap, and a value between two gaps is a dot', () => {
  const { NaN: gap } = Number
  const y = [1, 1, gap, gap, 1, gap, gap, 1, 1]
  const dots = dotsIn(plotOf(terminalCurve({ series: [series(y)], columns: 24, rows: 6 })))
  const across = [...new Set(dots.map(([x]) => x))].sort((a, b) => a - b)
  // Nine values over 42 dots, 5⅛ from one to the next.
  expect(across).toEqual([0, 1, 2, 3, 4, 5, 21, 36, 37, 38, 39, 40, 41])
})

test('on a logarithmic axis a power is a straight line, and what is not above 0 is a gap', () => {
  const y = Array.from({ length: 40 }, (_, i) => 10 ** (i / 10 - 2))
  const plot = plotOf(terminalCurve({ series: [series(y)], columns: 30, rows: 12, log: true }))
  const dots = dotsIn(plot)
  const right = Math.max(...dots.map(([x]) => x))
  for (const [x, y] of dots) expect(Math.abs(39 - (39 * x) / right - y)).toBeLessThanOrEqual(1)
  const text = terminalCurve({ series: [series([1, 0, -1, 100])], log: true })
  expect(new Set(dotsIn(plotOf(text)).map(([x]) => x)).size).toBe(2)
  expect(text).toContain('100 ┤')
})

test('a range may be given, and what is outside is drawn at its edge', () => {
  const text = terminalCurve({ series: [series([0.5, 0.5, 7])], columns: 30, rows: 7, range: [0, 1] })
  const dots = dotsIn(plotOf(text))
  expect(text).toMatch(/^1 ┤/)
  expect(Math.min(...dots.map(([, y]) => y))).toBe(0)
  expect(Math.abs(dots.find(([x]) => x === 0)![1] - 19 / 2)).toBe(0.5)
})

test('lines are told apart by colors, or by dashes without them', () => {
  const both = [series([1, 1], 'upper'), series([0, 0], 'lower')]
  const plain = terminalCurve({ series: both, columns: 40, rows: 8 })
  const count = (row: number) => dotsIn(plotOf(plain)).filter(([, y]) => y === row).length
  const [upper, lower] = [count(0), count(23)]
  expect(upper).toBeGreaterThan(60)
  expect(lower / upper).toBeCloseTo(1 / 3, 1)

  const colored = terminalCurve({ series: both, columns: 40, rows: 8, color: 'truecolor' })
  expect(dotsIn(plotOf(colored)).length).toBe(2 * upper)
  const codes = [...colored.matchAll(/\[38;2;(\d+;\d+;\d+)m/g)].map(([, code]) => code)
  expect(new Set(codes).size).toBe(2)
  // Each has the color in the plot that it has in the legend.
  expect(codes).toEqual([codes[0], codes[1], codes[0], codes[1]])
  expect(terminalCurve({ series: both, color: '256' })).toContain('[38;5;')
})

test('lines never grow longer, nor more, than there is room', () => {
  for (const columns of [24, 33, 80, 200])
    for (const rows of [4, 9, 30]) {
      const many = ['discriminator', 'generator', 'third'].map((name, i) => series([i, 2e6, -1e-7], name))
      const lines = withoutEscapes(terminalCurve({ series: many, columns, rows })).split('\n')
      expect(
        lines.every(line => line.length <= columns),
        `${columns} × ${rows}`,
      ).toBe(true)
      if (rows > 5) expect(lines).toHaveLength(rows)
    }
})

test('nothing to draw is said, and what makes no sense is refused', () => {
  expect(terminalCurve({ series: [series([Number.NaN]), series([], 'b')] })).toBe('a, b: nothing to draw yet')
  expect(terminalCurve({ series: [series([3])], columns: 24, rows: 5 })).toContain('3 ┤')
  expect(() => terminalCurve({ series: [{ name: 'a', x: [1], y: [] }] })).toThrow(
    "[gankit/visualization] series 'a' has 1 x and 0 y",
  )
  expect(() => terminalCurve({ series: [series([1, 2], 'a', [2, 1])] })).toThrow('has x 1 at 1')
  expect(() => terminalCurve({ series: [series([1])], columns: 3 })).toThrow('columns is 3')
  expect(terminalCurve({ series: [series([1], '\x1b[2Jx')] })).not.toContain('\x1b')
})
