import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodePng } from '@gankit/visualization'

/** The gray level of an input, another one for each. */
export function levelOf(i: number, count: number): number {
  return 30 + Math.floor(180 / count) * i
}

/** Pictures of 8 × 8 pixels, one in gray and one in color of the same mean for each number. */
export function writePairs(folder: string, count: number): void {
  for (const [name, shades] of [
    ['input', [0]],
    ['target', [12, 0, -12]],
  ] as const) {
    mkdirSync(join(folder, name), { recursive: true })
    for (let i = 0; i < count; i++) {
      const data = new Uint8Array(64 * shades.length).map(
        (_, at) => levelOf(i, count) + shades[at % shades.length]!,
      )
      const channels = shades.length as 1 | 3
      const file = join(folder, name, `${String(i).padStart(3, '0')}.png`)
      writeFileSync(file, encodePng({ width: 8, height: 8, channels, data }))
    }
  }
}
