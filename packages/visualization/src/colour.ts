/** What a terminal can show: 24-bit colours, the palette of 256, or characters alone. */
export type Colour = 'truecolor' | '256' | 'none'

export interface Terminal {
  /** Whether a person looks at the output: `process.stdout.isTTY`. Default false. */
  readonly isTTY?: boolean | undefined
  /** The environment variables: `process.env`. Default: none are set. */
  readonly env?: Readonly<Record<string, string | undefined>>
}

/**
 * Guesses the colours of a terminal. The first of these that applies decides:
 * - NO_COLOR, not empty: none (no-color.org)
 * - FORCE_COLOR 0 or false: none; 2: 256; 3: truecolor; anything else: what the variables below say, and at least 256
 * - not a terminal, or TERM dumb: none
 * - COLORTERM truecolor or 24bit, TERM ending in -direct, WT_SESSION (Windows Terminal): truecolor
 * - TERM with 256color: 256
 * - else none
 */
export function detectColour({ isTTY = false, env = {} }: Terminal): Colour {
  const { NO_COLOR, FORCE_COLOR } = env
  if (NO_COLOR) return 'none'
  if (FORCE_COLOR !== undefined) return forcedColour(FORCE_COLOR, env)
  return isTTY && env['TERM'] !== 'dumb' ? namedColour(env) : 'none'
}

function forcedColour(force: string, env: NonNullable<Terminal['env']>): Colour {
  if (force === '0' || force === 'false') return 'none'
  if (force === '2') return '256'
  if (force === '3') return 'truecolor'
  return namedColour(env) === 'truecolor' ? 'truecolor' : '256'
}

function namedColour({ COLORTERM, TERM = '', WT_SESSION }: NonNullable<Terminal['env']>): Colour {
  if (COLORTERM === 'truecolor' || COLORTERM === '24bit' || TERM.endsWith('-direct') || WT_SESSION)
    return 'truecolor'
  return TERM.includes('256color') ? '256' : 'none'
}
