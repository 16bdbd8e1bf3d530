import { type AnimationOptions, checkAnimation, listDelays } from './animation.ts'
import type { Picture } from './picture.ts'
import { encodeChunk, encodeHeader, encodePixels, joinChunks } from './png-chunks.ts'

/** A part of a picture, and where it is. */
interface Part {
  readonly x: number
  readonly y: number
  readonly picture: Picture
}

/**
 * Writes pictures of one shape as an animated PNG (PNG, third edition, 11.3.6) with all their colors. Each picture but the first is only
 * what differs from the one before. Viewers that know no animated PNG show the first one. The same pictures give the same bytes, as
 * far as `encodePng` does.
 * @throws GankitError for no pictures, pictures of several shapes, and a delay out of range
 */
export function encodeApng(
  pictures: readonly Picture[],
  { delay = 60, loop = true }: AnimationOptions = {},
): Uint8Array<ArrayBuffer> {
  checkAnimation(pictures, 2 ** 31 - 1)
  const delays = listDelays(delay, pictures.length, 65_535)
  const control = new Uint8Array(8)
  const counts = new DataView(control.buffer)
  counts.setUint32(0, pictures.length)
  counts.setUint32(4, loop ? 0 : 1)
  const chunks = [encodeHeader(pictures[0]!), encodeChunk('acTL', control)]
  // Frames and their data count in one sequence.
  let sequence = 0
  for (const [i, picture] of pictures.entries()) {
    const part = i === 0 ? { x: 0, y: 0, picture } : findChange(pictures[i - 1]!, picture)
    chunks.push(encodeFrame(part, delays[i]!, sequence++))
    const pixels = encodePixels(part.picture)
    if (i === 0) chunks.push(encodeChunk('IDAT', pixels))
    else {
      const data = new Uint8Array(4 + pixels.length)
      new DataView(data.buffer).setUint32(0, sequence++)
      data.set(pixels, 4)
      chunks.push(encodeChunk('fdAT', data))
    }
  }
  return joinChunks([...chunks, encodeChunk('IEND', new Uint8Array(0))])
}

/** Where a frame goes, and how long it stays; it replaces what was there. */
function encodeFrame(
  { x, y, picture: { width, height } }: Part,
  delay: number,
  sequence: number,
): Uint8Array {
  const frame = new Uint8Array(26)
  const view = new DataView(frame.buffer)
  for (const [i, value] of [sequence, width, height, x, y].entries()) view.setUint32(4 * i, value)
  view.setUint16(20, delay)
  view.setUint16(22, 1000)
  return encodeChunk('fcTL', frame)
}

/** The smallest rectangle of a picture outside of which it is like the one before; a pixel where nothing differs. */
function findChange(before: Picture, after: Picture): Part {
  const { width, height, channels, data } = after
  const size = width * channels
  const differs = (y: number, byte: number) => before.data[y * size + byte] !== data[y * size + byte]
  const rowDiffers = (y: number) => {
    for (let byte = 0; byte < size; byte++) if (differs(y, byte)) return true
    return false
  }
  let [top, bottom] = [0, height - 1]
  while (top < bottom && !rowDiffers(top)) top++
  while (bottom > top && !rowDiffers(bottom)) bottom--
  const columnDiffers = (x: number) => {
    for (let y = top; y <= bottom; y++)
      for (let c = 0; c < channels; c++) if (differs(y, x * channels + c)) return true
    return false
  }
  let [left, right] = [0, width - 1]
  while (left < right && !columnDiffers(left)) left++
  while (right > left && !columnDiffers(right)) right--
  return { x: left, y: top, picture: cutPicture(after, { left, top, right, bottom }) }
}

function cutPicture(
  { width, channels, data }: Picture,
  { left, top, right, bottom }: Readonly<Record<'left' | 'top' | 'right' | 'bottom', number>>,
): Picture {
  const [w, h] = [right - left + 1, bottom - top + 1]
  const part = new Uint8Array(w * h * channels)
  for (let y = 0; y < h; y++) {
    const from = ((top + y) * width + left) * channels
    part.set(data.subarray(from, from + w * channels), y * w * channels)
  }
  return { width: w, height: h, channels, data: part }
}
