import type { RandomStream } from '@gankit/core'

/** A square drawing in progress: levels 0 to 255, not rounded. */
export interface Canvas {
  readonly side: number
  /** [side, side, 3] */
  readonly rgb: Float32Array
}

/** Scatters numbers on a coarse lattice and joins them smoothly: numbers in [−1, 1] that change slowly from pixel to pixel. */
export function drawSmoothNoise(random: RandomStream, side: number, cells: number): Float32Array {
  const points = cells + 1
  const lattice = random.uniform(points * points, -1, 1)
  const noise = new Float32Array(side * side)
  const [places, shares] = [new Int32Array(side), new Float32Array(side)]
  for (let i = 0; i < side; i++) {
    const at = ((i + 0.5) / side) * cells
    places[i] = Math.min(cells - 1, Math.floor(at))
    const share = at - places[i]!
    shares[i] = share * share * (3 - 2 * share)
  }
  for (let y = 0, i = 0; y < side; y++) {
    const row = places[y]! * points
    const down = shares[y]!
    for (let x = 0; x < side; x++, i++) {
      const at = row + places[x]!
      const right = shares[x]!
      const top = lattice[at]! + (lattice[at + 1]! - lattice[at]!) * right
      const bottom = lattice[at + points]! + (lattice[at + points + 1]! - lattice[at + points]!) * right
      noise[i] = top + (bottom - top) * down
    }
  }
  return noise
}

/** Blurs a picture by three box filters, which are nearly a Gaussian of `radius` · 0.8 standard deviation. */
export function blur({ side, rgb }: Canvas, radius: number): Canvas {
  const reach = Math.max(1, Math.round(radius * 0.4))
  let from = rgb
  for (let pass = 0; pass < 3; pass++)
    from = blurLines(blurLines(from, side, reach, 3, 3 * side), side, reach, 3 * side, 3)
  return { side, rgb: from }
}

/** Averages along lines whose neighbors are `step` numbers apart; the lines are `stride` numbers apart. */
function blurLines(
  from: Float32Array,
  side: number,
  reach: number,
  step: number,
  stride: number,
): Float32Array {
  const to = new Float32Array(from.length)
  const width = 2 * reach + 1
  const last = side - 1
  for (let line = 0; line < side; line++)
    for (let c = 0; c < 3; c++) {
      const start = line * stride + c
      let sum = from[start]! * (reach + 1)
      for (let i = 1; i <= reach; i++) sum += from[start + Math.min(i, last) * step]!
      for (let i = 0; i < side; i++) {
        to[start + i * step] = sum / width
        sum +=
          from[start + Math.min(i + reach + 1, last) * step]! - from[start + Math.max(i - reach, 0) * step]!
      }
    }
  return to
}

/** Averages squares of `scale` × `scale` pixels. @returns [side / scale, side / scale, 3] bytes */
export function reduceToBytes({ side, rgb }: Canvas, scale: number): Uint8Array<ArrayBuffer> {
  const size = side / scale
  const bytes = new Uint8Array(size * size * 3)
  for (let y = 0, to = 0; y < size; y++)
    for (let x = 0; x < size; x++)
      for (let c = 0; c < 3; c++) {
        let sum = 0
        for (let dy = 0; dy < scale; dy++)
          for (let dx = 0; dx < scale; dx++) sum += rgb[((y * scale + dy) * side + x * scale + dx) * 3 + c]!
        bytes[to++] = Math.min(255, Math.max(0, Math.round(sum / (scale * scale))))
      }
  return bytes
}

/** The gray of Rec. 601 of each pixel, 0 to 255. */
export function toTones({ side, rgb }: Canvas): Float32Array {
  const tones = new Float32Array(side * side)
  for (let i = 0; i < tones.length; i++)
    tones[i] = 0.299 * rgb[3 * i]! + 0.587 * rgb[3 * i + 1]! + 0.114 * rgb[3 * i + 2]!
  return tones
}
