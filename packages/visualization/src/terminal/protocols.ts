import type { Terminal } from './colors.ts'

/**
 * How pictures are shown in a terminal: by a protocol of pixels, as characters (half blocks in colors, or braille without), or not at
 * all.
 */
export type PictureProtocol = 'kitty' | 'iterm' | 'sixel' | 'blocks' | 'none'

export const pictureProtocols: readonly PictureProtocol[] = ['kitty', 'iterm', 'sixel', 'blocks', 'none']

/** Programs that name themselves in TERM_PROGRAM or LC_TERMINAL, and what they show. Others, such as vscode, may have it off. */
const programs: Readonly<Record<string, PictureProtocol>> = {
  kitty: 'kitty',
  ghostty: 'kitty',
  'iTerm.app': 'iterm',
  iTerm2: 'iterm',
  WezTerm: 'iterm',
  mintty: 'sixel',
  rio: 'iterm',
}

/** Beginnings of TERM that stand for one terminal each. */
const terms: readonly (readonly [beginning: string, protocol: PictureProtocol])[] = [
  ['xterm-kitty', 'kitty'],
  ['xterm-ghostty', 'kitty'],
  ['wezterm', 'iterm'],
  ['foot', 'sixel'],
  ['mlterm', 'sixel'],
  ['contour', 'sixel'],
  ['yaft', 'sixel'],
]

/** The first Konsole with sixel, 22.04, as KONSOLE_VERSION has it. */
const konsoleWithSixel = 220_400

/**
 * Finds how a terminal shows pictures, by its environment variables alone: asking it would wait for an answer that may never come, and
 * could take keys that somebody types. The first of these that applies decides:
 * - not a terminal: blocks where FORCE_COLOR asks for colors, as for `less -R`, else none
 * - `choice`
 * - NO_COLOR, not empty, FORCE_COLOR 0 or false, or TERM dumb: blocks, which then are braille without colors
 * - tmux, GNU Screen and Zellij (TMUX, STY, ZELLIJ, TERM tmux… or screen…), which pass no pixels on: blocks
 * - TERM of one terminal, such as xterm-kitty or foot; then TERM_PROGRAM; then LC_TERMINAL, which ssh passes on; then
 *   KITTY_WINDOW_ID, WEZTERM_PANE, ITERM_SESSION_ID and KONSOLE_VERSION: its protocol
 * - else blocks
 * @param choice what somebody asks for. Default: nothing
 */
export function detectPictures(
  { isTTY = false, env = {} }: Terminal,
  choice?: PictureProtocol | undefined,
): PictureProtocol {
  const { NO_COLOR, FORCE_COLOR, TERM = '' } = env
  const isGray = Boolean(NO_COLOR) || FORCE_COLOR === '0' || FORCE_COLOR === 'false'
  if (!isTTY) return FORCE_COLOR !== undefined && !isGray && choice !== 'none' ? 'blocks' : 'none'
  if (choice !== undefined) return choice
  if (isGray || TERM === 'dumb' || isMultiplexer(env)) return 'blocks'
  return findProtocol(env) ?? 'blocks'
}

function isMultiplexer({ TMUX, STY, ZELLIJ, TERM = '' }: NonNullable<Terminal['env']>): boolean {
  return Boolean(TMUX || STY || ZELLIJ) || /^(tmux|screen)/.test(TERM)
}

function findProtocol(env: NonNullable<Terminal['env']>): PictureProtocol | undefined {
  const { TERM = '', TERM_PROGRAM, LC_TERMINAL } = env
  const byTerm = terms.find(([beginning]) => TERM.startsWith(beginning))
  if (byTerm) return byTerm[1]
  // A terminal that was started from another one has the variables of that one too; its own name counts.
  if (TERM_PROGRAM) return programs[TERM_PROGRAM]
  if (LC_TERMINAL) return programs[LC_TERMINAL]
  if (env['KITTY_WINDOW_ID']) return 'kitty'
  if (env['WEZTERM_PANE'] || env['ITERM_SESSION_ID']) return 'iterm'
  return Number(env['KONSOLE_VERSION']) >= konsoleWithSixel ? 'sixel' : undefined
}
