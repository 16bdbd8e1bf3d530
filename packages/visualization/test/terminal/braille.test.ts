import { expect, test } from 'vitest'
import { drawBraille } from '../../src/terminal/braille.ts'

/** Draws rows of '#' and '.'. */
function draw(...rows: string[]): string[] {
  const data = Uint8Array.from(rows.join(''), character => (character === '#' ? 255 : 0))
  return drawBraille({ width: rows[0]!.length, height: rows.length, channels: 1, data })
}

// The names in the Unicode table say which dots are on: 1 2 3 7 down the left side, 4 5 6 8 down the right one.
test.each([
  ['BLANK', 0x2800, ['..', '..', '..', '..']],
  ['DOTS-1', 0x2801, ['#.', '..', '..', '..']],
  ['DOTS-2', 0x2802, ['..', '#.', '..', '..']],
  ['DOTS-3', 0x2804, ['..', '..', '#.', '..']],
  ['DOTS-4', 0x2808, ['.#', '..', '..', '..']],
  ['DOTS-5', 0x2810, ['..', '.#', '..', '..']],
  ['DOTS-6', 0x2820, ['..', '..', '.#', '..']],
  ['DOTS-7', 0x2840, ['..', '..', '..', '#.']],
  ['DOTS-8', 0x2880, ['..', '..', '..', '.#']],
  ['DOTS-1237', 0x2847, ['#.', '#.', '#.', '#.']],
  ['DOTS-4568', 0x28b8, ['.#', '.#', '.#', '.#']],
  ['DOTS-1568', 0x28b1, ['#.', '.#', '.#', '.#']],
  ['DOTS-12345678', 0x28ff, ['##', '##', '##', '##']],
])('BRAILLE PATTERN %s', (_, codePoint, rows) => {
  expect(draw(...rows)).toEqual([String.fromCodePoint(codePoint)])
})

test('pixels fill cells from the left and from above, and cells that are not full stay dark there', () => {
  expect(draw('#...#', '.....', '.....', '...#.', '#....')).toEqual(['⠁⢀⠁', '⠁⠀⠀'])
})

test('colors count by their brightness', () => {
  const data = Uint8Array.of(255, 255, 0, 0, 0, 255) // yellow, blue
  expect(drawBraille({ width: 2, height: 1, channels: 3, data })).toEqual(['⠁'])
})
