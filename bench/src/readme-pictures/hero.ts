import type { Picture } from '@gankit/visualization'
import { encode } from 'fast-png'

export interface Theme {
  readonly name: string
  /** What all colors are multiplied by: discs of pure white vanish on a white page, and glare on a dark one. */
  readonly brightness: number
}

export const themes: readonly Theme[] = [
  { name: 'light', brightness: 0.95 },
  { name: 'dark', brightness: 0.9 },
]

const columns = 10
/** How many times larger a pixel is than that of a face, for screens of double density. */
const scale = 2
const gap = 12

/** Faces as discs in rows on a transparent ground, for pages of any color. @returns a PNG file */
export function drawHero(faces: readonly Picture[], { brightness }: Theme): Uint8Array {
  const side = faces[0]!.width * scale
  const rows = Math.ceil(faces.length / columns)
  const width = columns * (side + gap) - gap
  const height = rows * (side + gap) - gap
  const data = new Uint8Array(width * height * 4)
  faces.forEach((face, n) => {
    const [left, top] = [(n % columns) * (side + gap), Math.floor(n / columns) * (side + gap)]
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++) {
        const from = (Math.floor(y / scale) * face.width + Math.floor(x / scale)) * 3
        const to = ((top + y) * width + left + x) * 4
        for (let channel = 0; channel < 3; channel++)
          data[to + channel] = Math.round(face.data[from + channel]! * brightness)
        data[to + 3] = Math.round(255 * coverage(x, y, side))
      }
  })
  return encode({ width, height, channels: 4, data, depth: 8 }, { zlib: { level: 9 } })
}

/** How much of a pixel lies in the disc of a square. */
function coverage(x: number, y: number, side: number): number {
  const radius = side / 2
  const distance = Math.hypot(x + 0.5 - radius, y + 0.5 - radius)
  return Math.min(1, Math.max(0, radius - distance + 0.5))
}
