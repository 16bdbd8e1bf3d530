/** The six levels of each channel in the cube of colours 16 to 231. */
const cubeLevels = [0, 95, 135, 175, 215, 255]

/** Index of a colour and the levels that a terminal shows for it. */
type Entry = readonly [index: number, red: number, green: number, blue: number]

/**
 * The nearest of a terminal's 256 colours. Greys become black (16), one of the ramp of 24 greys (232 to 255, levels 8
 * to 238 by tens) or white (231); colours the nearest in the 6 × 6 × 6 cube or, where that is nearer, one of these
 * greys. Colours 0 to 15 are left out: every theme has its own.
 */
export function nearest256(red: number, green: number, blue: number): number {
  const grey = nearestGrey((red + green + blue) / 3)
  if (red === green && green === blue) return grey[0]
  const [r, g, b] = [nearestStep(red), nearestStep(green), nearestStep(blue)]
  const cube: Entry = [16 + 36 * r + 6 * g + b, cubeLevels[r]!, cubeLevels[g]!, cubeLevels[b]!]
  const distance = ([, r, g, b]: Entry) => (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2
  return distance(grey) < distance(cube) ? grey[0] : cube[0]
}

function nearestGrey(level: number): Entry {
  if (level < 4) return [16, 0, 0, 0]
  if (level > 246.5) return [231, 255, 255, 255]
  const step = Math.max(0, Math.min(23, Math.round((level - 8) / 10)))
  const shown = 8 + 10 * step
  return [232 + step, shown, shown, shown]
}

function nearestStep(value: number): number {
  let nearest = 0
  for (let i = 1; i < cubeLevels.length; i++)
    if (Math.abs(cubeLevels[i]! - value) < Math.abs(cubeLevels[nearest]! - value)) nearest = i
  return nearest
}
