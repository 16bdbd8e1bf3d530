import { expect, test } from 'vitest'
import { detectPictures } from '../../src/index.ts'

const detect = (env: Record<string, string>, isTTY = true) => detectPictures({ isTTY, env })

test.each([
  ['kitty', { TERM: 'xterm-kitty', KITTY_WINDOW_ID: '1' }],
  ['kitty', { TERM: 'xterm-256color', KITTY_WINDOW_ID: '1' }],
  ['kitty', { TERM: 'xterm-ghostty', TERM_PROGRAM: 'ghostty' }],
  ['iterm', { TERM: 'xterm-256color', TERM_PROGRAM: 'iTerm.app' }],
  // Over ssh only this one comes along.
  ['iterm', { TERM: 'xterm-256color', LC_TERMINAL: 'iTerm2' }],
  ['iterm', { TERM: 'xterm-256color', TERM_PROGRAM: 'WezTerm' }],
  ['sixel', { TERM: 'foot' }],
  ['sixel', { TERM: 'foot-extra' }],
  ['sixel', { TERM: 'xterm-256color', KONSOLE_VERSION: '220401' }],
  ['blocks', { TERM: 'xterm-256color', KONSOLE_VERSION: '210800' }],
  ['blocks', { TERM: 'xterm-256color', VTE_VERSION: '7600', COLORTERM: 'truecolor' }],
  ['blocks', { TERM: 'xterm-256color', TERM_PROGRAM: 'Apple_Terminal' }],
  // Started from a shell in kitty.
  ['blocks', { TERM: 'xterm-256color', TERM_PROGRAM: 'vscode', KITTY_WINDOW_ID: '1' }],
  ['blocks', {}],
] as const)('%s is what %j shows', (protocol, env) => {
  expect(detect(env)).toBe(protocol)
})

test.each([
  { TMUX: '/tmp/tmux-0/default,1,0' },
  { STY: '1.pts-0' },
  { ZELLIJ: '0' },
  { TERM: 'screen-256color' },
  { TERM: 'tmux-256color' },
  { NO_COLOR: '1' },
  { FORCE_COLOR: '0' },
  { TERM: 'dumb' },
])('with %j kitty gets characters', env => {
  expect(detect({ TERM: 'xterm-kitty', KITTY_WINDOW_ID: '1', ...env })).toBe('blocks')
})

test('what is no terminal gets nothing, unless somebody asks for colors, and then characters', () => {
  expect(detect({ TERM: 'xterm-kitty' }, false)).toBe('none')
  expect(detect({ TERM: 'xterm-kitty', FORCE_COLOR: '1' }, false)).toBe('blocks')
  expect(detect({ TERM: 'xterm-kitty', FORCE_COLOR: '1', NO_COLOR: '1' }, false)).toBe('none')
  expect(detectPictures({})).toBe('none')
})

test('a choice counts on a terminal, and puts no pixels into a pipe', () => {
  const env = { TERM: 'screen', NO_COLOR: '1' }
  expect(detectPictures({ isTTY: true, env }, 'sixel')).toBe('sixel')
  expect(detectPictures({ isTTY: true, env: { TERM: 'xterm-kitty' } }, 'none')).toBe('none')
  expect(detectPictures({ isTTY: false, env }, 'kitty')).toBe('none')
  expect(detectPictures({ isTTY: false, env: { FORCE_COLOR: '3' } }, 'none')).toBe('none')
})
