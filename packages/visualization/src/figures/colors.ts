/** Colors of figures on white: those of the pages, data in ink, G in green and D in blue as in Goodfellow et al. 2014. */
export const figureColors = {
  ground: '#ffffff',
  ink: '#1b1f27',
  muted: '#5b6472',
  line: '#e3e6eb',
  data: '#1b1f27',
  generator: '#0f7a3a',
  discriminator: '#2463c4',
  fakeSide: '#c2571a',
} as const

/** How much of the end colors a heat map of D has, so that points stay visible on it. */
export const verdictStrength = 0.6

/**
 * Colors of D's verdicts, 256 of them from 0 to 1, [256, 3]: one color for fake, one for real, and the ground where D doesn't know.
 * @param fake,ground,real '#2463c4', '#fff' for short, or 'rgb(36, 99, 196)'
 */
export function verdictColors(fake: string, ground: string, real: string): Uint8ClampedArray {
  const [a, m, b] = [fake, ground, real].map(parseColor) as [number[], number[], number[]]
  const colors = new Uint8ClampedArray(256 * 3)
  for (let i = 0; i < 256; i++) {
    const side = i / 255 - 0.5
    const end = side < 0 ? a : b
    // Steeper about the middle: D is rarely sure, and what it leans to is what G learns from.
    const share = (Math.abs(side) * 2) ** 0.7 * verdictStrength
    for (let channel = 0; channel < 3; channel++)
      colors[3 * i + channel] = m[channel]! + share * (end[channel]! - m[channel]!)
  }
  return colors
}

/** '#2463c4', '#fff', or 'rgb(36, 99, 196)', as computed styles of a page have colors. */
function parseColor(color: string): number[] {
  if (!color.startsWith('#')) return (color.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number)
  const digits = color.length === 4 ? color.replace(/[^#]/g, '$&$&') : color
  return [1, 3, 5].map(at => Number.parseInt(digits.slice(at, at + 2), 16))
}
