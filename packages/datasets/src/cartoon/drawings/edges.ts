import type { RandomStream } from '@gankit/core'
import { drawSmoothNoise } from './canvas.ts'

/** The step of a channel from a pixel to its neighbor, in levels, above which there is an edge. */
const minStep = 28

/** How far lines are moved at most, as a share of a side: a pixel and a half of 64. */
const maxWobble = 1.5 / 64

/** Holes that are rubbed into the lines of one face at most. */
const maxGaps = 8

/**
 * Draws the edges of a picture as black lines on white. Every fourth face has them exact and one pixel wide. The lines of the
 * others wobble, swell to two pixels and have gaps, each face more or less of each, so that a network that learns from them
 * takes strokes of a mouse, too.
 * @param picture [size, size, 3] bytes
 * @returns [size, size, 3] bytes, each 0 or 255
 */
export function drawEdges(picture: Uint8Array, size: number, random: RandomStream): Uint8Array<ArrayBuffer> {
  const [exact, wobble, thickness, holes] = random.uniform(4) as unknown as [number, number, number, number]
  if (exact < 0.25) return toPicture(findEdges(picture, size))
  const moved = wobblePicture(picture, size, wobble * maxWobble * size, random)
  const lines = swell(findEdges(moved, size), size, thickness, random)
  rubOut(lines, size, Math.floor(holes * (maxGaps + 1)), random)
  return toPicture(lines)
}

/** Finds the pixels that differ from their neighbor to the right or below. @returns [size, size], 1 for an edge */
function findEdges(picture: Uint8Array, size: number): Uint8Array {
  const edges = new Uint8Array(size * size)
  const differs = (a: number, b: number) => {
    for (let c = 0; c < 3; c++) if (Math.abs(picture[3 * a + c]! - picture[3 * b + c]!) > minStep) return true
    return false
  }
  for (let y = 0, i = 0; y < size; y++)
    for (let x = 0; x < size; x++, i++)
      if ((x + 1 < size && differs(i, i + 1)) || (y + 1 < size && differs(i, i + size))) edges[i] = 1
  return edges
}

/** Moves the pixels of a picture by up to `reach`, neighbors nearly alike, so that lines stay whole. */
function wobblePicture(picture: Uint8Array, size: number, reach: number, random: RandomStream): Uint8Array {
  const [right, down] = [drawSmoothNoise(random, size, 6), drawSmoothNoise(random, size, 6)]
  const moved = new Uint8Array(picture.length)
  const clamp = (place: number) => Math.min(size - 1, Math.max(0, Math.round(place)))
  for (let y = 0, i = 0; y < size; y++)
    for (let x = 0; x < size; x++, i++) {
      const from = 3 * (clamp(y + down[i]! * reach) * size + clamp(x + right[i]! * reach))
      for (let c = 0; c < 3; c++) moved[3 * i + c] = picture[from + c]!
    }
  return moved
}

/** Makes lines two pixels wide where the pen is pressed. @param thickness the share of the drawing where it is */
function swell(lines: Uint8Array, size: number, thickness: number, random: RandomStream): Uint8Array {
  const pressure = drawSmoothNoise(random, size, 4)
  const wide = lines.slice()
  for (let y = 0, i = 0; y < size; y++)
    for (let x = 0; x < size; x++, i++) {
      if (!lines[i] || pressure[i]! > 1.6 * thickness - 1) continue
      if (x + 1 < size) wide[i + 1] = 1
      if (y + 1 < size) wide[i + size] = 1
    }
  return wide
}

/** Rubs out round holes of one to three and a half pixels of 64 in diameter, each on a line. */
function rubOut(lines: Uint8Array, size: number, count: number, random: RandomStream): void {
  const drawn = [...lines.keys()].filter(i => lines[i])
  const places = random.uniform(2 * count)
  for (let hole = 0; hole < count && drawn.length > 0; hole++) {
    const center = drawn[Math.floor(places[2 * hole]! * drawn.length)]!
    const [x, y] = [center % size, Math.floor(center / size)]
    const radius = ((0.5 + 1.25 * places[2 * hole + 1]!) * size) / 64
    const reach = Math.floor(radius)
    for (let dy = -reach; dy <= reach; dy++)
      for (let dx = -reach; dx <= reach; dx++) {
        const [row, column] = [y + dy, x + dx]
        if (row < 0 || column < 0 || row >= size || column >= size || dx * dx + dy * dy > radius * radius)
          continue
        lines[row * size + column] = 0
      }
  }
}

function toPicture(lines: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(lines.length * 3).fill(255)
  for (const [i, line] of lines.entries()) if (line) bytes.fill(0, 3 * i, 3 * i + 3)
  return bytes
}
