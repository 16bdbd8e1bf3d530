import type { RandomStream } from '@gankit/core'
import { blur, type Canvas } from './canvas.ts'

/** A brush, and how it is used. */
interface Brush {
  /** As a share of a side. */
  readonly radius: number
  /** The distance of strokes in radii. */
  readonly step: number
  /** The mean difference from the picture, in levels of the three channels together, above which it paints a place. */
  readonly tolerance: number
  /** The most segments of a stroke. */
  readonly length: number
  /** How much the paint of strokes differs, in levels: its lightness, and each channel by itself. */
  readonly variety: { readonly light: number; readonly channel: number }
}

/** From the one that covers the canvas to the one for details. */
const brushes: readonly Brush[] = [
  { radius: 1 / 12, step: 1.2, tolerance: 0, length: 5, variety: { light: 8, channel: 4 } },
  { radius: 1 / 24, step: 1.2, tolerance: 60, length: 5, variety: { light: 13, channel: 7 } },
  { radius: 1 / 48, step: 1, tolerance: 70, length: 4, variety: { light: 10, channel: 5 } },
  { radius: 1 / 90, step: 1.4, tolerance: 80, length: 3, variety: { light: 3, channel: 2 } },
]

/** Bristles across a brush. */
const bristleCount = 7

/** The difference from the picture, in levels of the three channels together, at which a stroke ends. */
const maxMiss = 90

/** A stroke has as many segments before it may end where the paint doesn't fit. */
const minLength = 1

/** The length of a segment in radii. */
const segment = 1.6

/** What bristles and the thickness of the paint add to its levels, at most. */
const relief = { bristles: 8, ridge: 9 }

/** The color of the canvas, which shows between the first strokes. */
const ground = [222, 205, 178] as const

/** Of all strokes: the palette knows no pure white. */
const warmth = [0.985, 0.965, 0.925] as const

interface Stroke {
  readonly radius: number
  readonly color: readonly [red: number, green: number, blue: number]
  /** x and y of each point of its path. */
  readonly path: readonly number[]
  /** One for each of the bristles across it, −1 to 1. */
  readonly bristles: readonly number[]
}

/**
 * Paints a picture in oils: curved strokes that follow the edges, of three brushes, each finer one only where the picture asks
 * for it (Hertzmann 1998, "Painterly rendering with curved brush strokes of multiple sizes"), with paint that differs from
 * stroke to stroke, bristles and thickness.
 */
export function paint(picture: Canvas, random: RandomStream): Canvas {
  const { side } = picture
  const canvas: Canvas = { side, rgb: Float32Array.from(picture.rgb, (_, i) => ground[i % 3]!) }
  const put = createBrush(canvas)
  for (const brush of brushes) {
    const radius = Math.max(0.7, brush.radius * side)
    const goal = blur(picture, radius)
    const strokes = planStrokes({ canvas, goal, gradient: findGradient(goal), brush, radius, random })
    for (const place of random.permutation(strokes.length)) put(strokes[place]!)
  }
  return canvas
}

/** What strokes of one brush are planned by. */
interface Plan {
  readonly canvas: Canvas
  /** The picture as this brush can show it. */
  readonly goal: Canvas
  readonly gradient: Float32Array
  readonly brush: Brush
  /** Of the brush, in pixels. */
  readonly radius: number
  readonly random: RandomStream
}

/** Chooses the strokes of one brush: in each square of a grid one, from the point where the canvas is wrong most. */
function planStrokes(plan: Plan): Stroke[] {
  const { canvas, goal, brush, radius } = plan
  const { side } = canvas
  const strokes: Stroke[] = []
  const step = Math.max(1, Math.round(brush.step * radius))
  for (let top = 0; top < side; top += step)
    for (let left = 0; left < side; left += step) {
      let [sum, worst, at, count] = [0, -1, 0, 0]
      for (let y = top; y < Math.min(side, top + step); y++)
        for (let x = left; x < Math.min(side, left + step); x++, count++) {
          const difference = findDifference(canvas.rgb, goal.rgb, y * side + x)
          sum += difference
          if (difference > worst) [worst, at] = [difference, y * side + x]
        }
      if (sum > brush.tolerance * count) strokes.push(planStroke(at, plan))
    }
  return strokes
}

/** Follows the edges of the picture from a point, as long as the paint fits. */
function planStroke(start: number, { canvas, goal, gradient, brush, radius, random }: Plan): Stroke {
  const { side } = canvas
  const { light, channel } = brush.variety
  const [lighter, angle, ...others] = random.uniform(2 + 3 + bristleCount, -1, 1)
  const own = goal.rgb.subarray(3 * start, 3 * start + 3)
  const mix = (c: number) => own[c]! * warmth[c]! + lighter! * light + others[c]! * channel
  let [x, y] = [start % side, Math.floor(start / side)]
  let [alongX, alongY] = [Math.cos(angle! * Math.PI), Math.sin(angle! * Math.PI)]
  const path = [x, y]
  for (let i = 1; i <= brush.length; i++) {
    const at = Math.round(y) * side + Math.round(x)
    const miss = findDifference(own, goal.rgb, at, 0)
    if (i > minLength && (miss > maxMiss || miss > findDifference(canvas.rgb, goal.rgb, at))) break
    const [right, down] = [gradient[2 * at]!, gradient[2 * at + 1]!]
    const strength = Math.hypot(right, down)
    if (strength > 1) {
      // Across the gradient, and on rather than back.
      const sign = right * alongY - down * alongX < 0 ? -1 : 1
      alongX = 0.4 * alongX - (0.6 * sign * down) / strength
      alongY = 0.4 * alongY + (0.6 * sign * right) / strength
    }
    const norm = Math.hypot(alongX, alongY) || 1
    alongX /= norm
    alongY /= norm
    x += alongX * radius * segment
    y += alongY * radius * segment
    if (x < 0 || y < 0 || x > side - 1 || y > side - 1) break
    path.push(x, y)
  }
  return { radius, color: [mix(0), mix(1), mix(2)], path, bristles: others.slice(3) }
}

/** The difference of the three levels of two pixels, together. @param other the pixel of `a`, where it is another one */
function findDifference(a: Float32Array, b: Float32Array, pixel: number, other: number = pixel): number {
  let sum = 0
  for (let c = 0; c < 3; c++) sum += Math.abs(a[3 * other + c]! - b[3 * pixel + c]!)
  return sum
}

/** Right and down of each pixel: the change of the sum of its levels. */
function findGradient({ side, rgb }: Canvas): Float32Array {
  const gradient = new Float32Array(side * side * 2)
  const sumAt = (x: number, y: number) => {
    const i = 3 * (Math.min(side - 1, Math.max(0, y)) * side + Math.min(side - 1, Math.max(0, x)))
    return rgb[i]! + rgb[i + 1]! + rgb[i + 2]!
  }
  for (let y = 0, i = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      gradient[i++] = sumAt(x + 1, y) - sumAt(x - 1, y)
      gradient[i++] = sumAt(x, y + 1) - sumAt(x, y - 1)
    }
  return gradient
}

/** Makes the function that puts strokes onto a canvas. */
function createBrush({ side, rgb }: Canvas): (stroke: Stroke) => void {
  // For each pixel under a stroke: how far from its path, and how far to the side of it that the light comes from.
  const distance = new Float32Array(side * side).fill(side)
  const across = new Float32Array(side * side)
  const touched = new Int32Array(side * side)

  return ({ radius, color, path, bristles }) => {
    let count = touchSegment(path, 0, radius, 0)
    for (let i = 2; i < path.length - 2; i += 2) count = touchSegment(path, i, radius, count)
    for (let i = 0; i < count; i++) {
      const pixel = touched[i]!
      const rim = distance[pixel]! / radius
      const cover = Math.min(1, radius - distance[pixel]! + 0.5)
      distance[pixel] = side
      const place = across[pixel]! / radius
      const bristle = Math.min(bristleCount - 1, Math.max(0, Math.floor(((place + 1) / 2) * bristleCount)))
      // Paint is thick at the rim of a stroke, which is light on one side.
      const thick = rim * rim * rim * rim * Math.min(1, radius / 3)
      const more = bristles[bristle]! * relief.bristles + (place < 0 ? -thick : thick) * relief.ridge
      for (let c = 0; c < 3; c++) {
        const under = rgb[3 * pixel + c]!
        rgb[3 * pixel + c] = under + (Math.min(255, Math.max(0, color[c]! + more)) - under) * cover
      }
    }
  }

  /** Measures the pixels around a segment of a path. @returns the number of pixels that were touched until now */
  function touchSegment(path: readonly number[], from: number, radius: number, before: number): number {
    const x0 = path[from]!
    const y0 = path[from + 1]!
    const dx = (path[from + 2] ?? x0 + 0.01) - x0
    const dy = (path[from + 3] ?? y0) - y0
    const size = dx * dx + dy * dy
    const reach = radius + 0.5
    // The light comes from the upper left, whichever way a stroke was painted.
    const scale = (dx < dy ? 1 : -1) / Math.sqrt(size)
    const bottom = Math.min(side - 1, Math.floor(Math.max(y0, y0 + dy) + reach))
    const right = Math.min(side - 1, Math.floor(Math.max(x0, x0 + dx) + reach))
    const left = Math.max(0, Math.ceil(Math.min(x0, x0 + dx) - reach))
    let count = before
    for (let y = Math.max(0, Math.ceil(Math.min(y0, y0 + dy) - reach)); y <= bottom; y++)
      for (let x = left; x <= right; x++) {
        const px = x - x0
        const py = y - y0
        const along = Math.min(1, Math.max(0, (px * dx + py * dy) / size))
        const offX = px - along * dx
        const offY = py - along * dy
        const square = offX * offX + offY * offY
        if (square >= reach * reach) continue
        const off = Math.sqrt(square)
        const pixel = y * side + x
        if (off >= distance[pixel]!) continue
        if (distance[pixel] === side) touched[count++] = pixel
        distance[pixel] = off
        across[pixel] = (px * dy - py * dx) * scale
      }
    return count
  }
}
