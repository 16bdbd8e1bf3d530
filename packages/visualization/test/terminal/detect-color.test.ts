import { expect, test } from 'vitest'
import { type ColorSupport, detectColor } from '../../src/terminal/colors.ts'

const xterm256 = { TERM: 'xterm-256color' }
const truecolor = { ...xterm256, COLORTERM: 'truecolor' }

test.each<[isTTY: boolean, env: Record<string, string | undefined>, ColorSupport]>([
  [true, {}, 'none'],
  [true, { TERM: 'vt100' }, 'none'],
  [true, xterm256, '256'],
  [true, { TERM: 'screen-256color' }, '256'],
  [true, truecolor, 'truecolor'],
  [true, { COLORTERM: '24bit' }, 'truecolor'],
  [true, { ...xterm256, COLORTERM: 'yes' }, '256'],
  [true, { TERM: 'xterm-direct' }, 'truecolor'],
  [true, { WT_SESSION: 'b5b0' }, 'truecolor'],
  [true, { ...truecolor, TERM: 'dumb' }, 'none'],
  [false, truecolor, 'none'],
  [true, { ...truecolor, NO_COLOR: '1' }, 'none'],
  [true, { ...truecolor, NO_COLOR: '0' }, 'none'],
  [true, { ...truecolor, NO_COLOR: '' }, 'truecolor'],
  [true, { ...truecolor, NO_COLOR: undefined, FORCE_COLOR: undefined }, 'truecolor'],
  [true, { ...truecolor, FORCE_COLOR: '0' }, 'none'],
  [true, { ...truecolor, FORCE_COLOR: 'false' }, 'none'],
  [false, { FORCE_COLOR: '1' }, '256'],
  [false, { FORCE_COLOR: '' }, '256'],
  [false, { FORCE_COLOR: 'true', TERM: 'dumb' }, '256'],
  [false, { ...truecolor, FORCE_COLOR: '1' }, 'truecolor'],
  [false, { ...truecolor, FORCE_COLOR: '2' }, '256'],
  [false, { FORCE_COLOR: '3' }, 'truecolor'],
  [false, { FORCE_COLOR: '3', NO_COLOR: '1' }, 'none'],
])('isTTY %s, %o: %s', (isTTY, env, expected) => {
  expect(detectColor({ isTTY, env })).toBe(expected)
})

test('nothing known means no color', () => {
  expect(detectColor({})).toBe('none')
})
