import type { RandomStream } from '@gankit/core'
import { blur, type Canvas, drawSmoothNoise, toTones } from './canvas.ts'

/** A layer of parallel lines: its angle in degrees, and the tone, 0 for black to 1, below which it is drawn. */
const layers = [
  { angle: 48, tone: 0.9 },
  { angle: 40, tone: 0.62 },
  { angle: -46, tone: 0.42 },
  { angle: 5, tone: 0.26 },
] as const

/** The distance of lines as a share of a side, and their width as a share of their distance. */
const spacing = 1 / 27
const width = 0.36

const paper = [252, 250, 244] as const
const graphite = [62, 62, 68] as const

/**
 * Draws a picture in pencil: contours that were drawn twice, and hatching of up to four layers, the darker the more, by a hand that
 * isn't quite steady on a paper that isn't quite smooth.
 */
export function sketch(picture: Canvas, random: RandomStream): Canvas {
  const { side } = picture
  const tones = toTones(blur(picture, side / 64)).map(tone => tone / 255)
  const light = new Float32Array(side * side).fill(1)
  const drift = drawSmoothNoise(random, side, 5)
  const pressure = drawSmoothNoise(random, side, 9)
  for (const { angle, tone } of layers) hatch(light, tones, side, angle, tone, { drift, pressure }, random)
  for (let time = 0; time < 2; time++) drawContours(light, picture, random)
  // What is nearly black is shaded evenly, so that small pupils and brows are dark, too.
  for (const [i, tone] of toTones(picture).entries())
    light[i]! *= 1 - 0.5 * Math.min(1, Math.max(0, (75 - tone) / 40))
  const grain = random.uniform(side * side, -1, 1)
  const rgb = new Float32Array(side * side * 3)
  for (let i = 0; i < light.length; i++) {
    const rough = 1 + 0.22 * grain[i]!
    const ink = Math.min(1, (1 - light[i]!) * rough)
    for (let c = 0; c < 3; c++)
      rgb[3 * i + c] = paper[c]! + (graphite[c]! - paper[c]!) * ink + 1.5 * grain[i]!
  }
  return { side, rgb }
}

/** What makes a hand unsteady: numbers in [−1, 1] for each pixel. */
interface Hand {
  readonly drift: Float32Array
  readonly pressure: Float32Array
}

/** Darkens a drawing by parallel lines where the picture is darker than a tone. */
function hatch(
  light: Float32Array,
  tones: Float32Array,
  side: number,
  degrees: number,
  limit: number,
  { drift, pressure }: Hand,
  random: RandomStream,
): void {
  const [turn, phase] = random.uniform(2) as unknown as [number, number]
  const angle = ((degrees + 8 * (turn - 0.5)) * Math.PI) / 180
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const distance = Math.max(2.5, spacing * side)
  for (let y = 0, i = 0; y < side; y++)
    for (let x = 0; x < side; x++, i++) {
      const dark = Math.min(1, Math.max(0, (limit - tones[i]!) / 0.1))
      if (dark === 0) continue
      const place = (x * sin + y * cos + drift[i]! * 0.45 * distance) / distance + phase
      const off = Math.abs(place - Math.floor(place) - 0.5) * distance
      const line = Math.min(1, Math.max(0, (width * distance) / 2 - off + 0.5))
      light[i]! *= 1 - line * dark * (0.42 + 0.16 * pressure[i]!)
    }
}

/** Darkens a drawing along the edges of a picture, a little beside them. */
function drawContours(light: Float32Array, { side, rgb }: Canvas, random: RandomStream): void {
  const [right, down] = [drawSmoothNoise(random, side, 7), drawSmoothNoise(random, side, 7)]
  const pressure = drawSmoothNoise(random, side, 8)
  const reach = side / 110
  const clamp = (place: number) => Math.min(side - 2, Math.max(0, Math.round(place)))
  for (let y = 0, i = 0; y < side; y++)
    for (let x = 0; x < side; x++, i++) {
      const at = 3 * (clamp(y + down[i]! * reach) * side + clamp(x + right[i]! * reach))
      let step = 0
      for (let c = at; c < at + 3; c++)
        step = Math.max(step, Math.abs(rgb[c]! - rgb[c + 3]!), Math.abs(rgb[c]! - rgb[c + 3 * side]!))
      light[i]! *= 1 - Math.min(1, Math.max(0, (step - 12) / 45)) * (0.68 + 0.25 * pressure[i]!)
    }
}
