/** Which colors a terminal can show: 24-bit, the palette of 256, or none. */
export type ColorSupport = 'truecolor' | '256' | 'none'

export interface Terminal {
  /** Whether the output is a terminal: `process.stdout.isTTY`. Default false. */
  readonly isTTY?: boolean | undefined
  /** The environment variables: `process.env`. Default: none are set. */
  readonly env?: Readonly<Record<string, string | undefined>>
}

/**
 * Finds the colors of a terminal. The first of these that applies decides:
 * - NO_COLOR, not empty: none (no-color.org)
 * - FORCE_COLOR 0 or false: none; 2: 256; 3: truecolor; anything else: as by the variables below, but at least 256
 * - not a terminal, or TERM dumb: none
 * - COLORTERM truecolor or 24bit, TERM ending in -direct, WT_SESSION (Windows Terminal): truecolor
 * - TERM with 256color: 256
 * - else none
 */
export function detectColor({ isTTY = false, env = {} }: Terminal): ColorSupport {
  const { NO_COLOR, FORCE_COLOR } = env
  if (NO_COLOR) return 'none'
  if (FORCE_COLOR !== undefined) return readForced(FORCE_COLOR, env)
  return isTTY && env['TERM'] !== 'dumb' ? readVariables(env) : 'none'
}

function readForced(force: string, env: NonNullable<Terminal['env']>): ColorSupport {
  if (force === '0' || force === 'false') return 'none'
  if (force === '2') return '256'
  if (force === '3') return 'truecolor'
  return readVariables(env) === 'truecolor' ? 'truecolor' : '256'
}

function readVariables({ COLORTERM, TERM = '', WT_SESSION }: NonNullable<Terminal['env']>): ColorSupport {
  if (COLORTERM === 'truecolor' || COLORTERM === '24bit' || TERM.endsWith('-direct') || WT_SESSION)
    return 'truecolor'
  return TERM.includes('256color') ? '256' : 'none'
}

/** The six levels of each channel in the cube of colors 16 to 231. */
const cubeLevels = [0, 95, 135, 175, 215, 255]

/** Index of a color and the levels that a terminal shows for it. */
type Entry = readonly [index: number, red: number, green: number, blue: number]

/**
 * The nearest of a terminal's 256 colors. Grays become black (16), one of the ramp of 24 grays (232 to 255, levels 8
 * to 238 by tens) or white (231). Other colors become the nearest in the 6 × 6 × 6 cube or, where that is nearer, one of
 * these grays. Colors 0 to 15 are never taken: every theme has its own.
 * @returns its index
 */
export function findNearest256(red: number, green: number, blue: number): number {
  const gray = findNearestGray((red + green + blue) / 3)
  if (red === green && green === blue) return gray[0]
  const [r, g, b] = [findNearestLevel(red), findNearestLevel(green), findNearestLevel(blue)]
  const cube: Entry = [16 + 36 * r + 6 * g + b, cubeLevels[r]!, cubeLevels[g]!, cubeLevels[b]!]
  const distance = ([, r, g, b]: Entry) => (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2
  return distance(gray) < distance(cube) ? gray[0] : cube[0]
}

function findNearestGray(level: number): Entry {
  if (level < 4) return [16, 0, 0, 0]
  if (level > 246.5) return [231, 255, 255, 255]
  const step = Math.max(0, Math.min(23, Math.round((level - 8) / 10)))
  const shown = 8 + 10 * step
  return [232 + step, shown, shown, shown]
}

function findNearestLevel(value: number): number {
  let nearest = 0
  for (let i = 1; i < cubeLevels.length; i++)
    if (Math.abs(cubeLevels[i]! - value) < Math.abs(cubeLevels[nearest]! - value)) nearest = i
  return nearest
}
