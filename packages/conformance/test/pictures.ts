import sharp, { type Sharp } from 'sharp'
import type { SentFile } from '../src/browser/pages/datasets/tasks.ts'

/** A picture with slopes, waves and edges, no two of a seed alike. @returns RGB bytes */
export function scene(width: number, height: number, seed = 0): Uint8Array {
  const rgb = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3
      rgb[at] = Math.round((255 * x) / width)
      rgb[at + 1] = Math.round(127 + 100 * Math.sin((x + 2 * y + 17 * seed) / 9))
      rgb[at + 2] = (x >> 4) % 2 === (y >> 4) % 2 ? 230 : (40 + 37 * seed) % 256
    }
  return rgb
}

export function picture(width: number, height: number, seed = 0): Sharp {
  return sharp(scene(width, height, seed), { raw: { width, height, channels: 3 } })
}

export function sent(name: string, bytes: Uint8Array, relativePath?: string): SentFile {
  const base64 = Buffer.from(bytes).toString('base64')
  return { name, base64, ...(relativePath && { relativePath }) }
}

/** How far two pictures are apart: the mean over all numbers, in levels. */
export function meanDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length || a.length === 0) throw new Error(`${a.length} numbers, expected ${b.length}`)
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]! - b[i]!)
  return sum / a.length
}
