import { paintPixels } from './picture-canvas.tsx'
import type { Pixels } from './protocol.ts'

/** Pixels between two tiles of a picture of many. */
const gap = 2
/** A picture whose sides are shorter is saved at twice its size beside others. */
const smallSide = 48

/** Offers a file to the reader. @param name with its ending */
export function saveFile(content: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  // A browser may ask where to save, and read only then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/** Offers pixels as a PNG file. @param name without its ending */
export const savePicture = (pixels: Pixels, name: string): Promise<void> => saveCanvas(toCanvas(pixels), name)

/** Offers pictures of one size as tiles of one PNG file, row by row. @param name without its ending */
export function saveTiles(tiles: readonly Pixels[], columns: number, name: string): Promise<void> {
  const [{ width, height }] = tiles as [Pixels]
  const scale = width < smallSide ? 2 : 1
  const [stepX, stepY] = [width * scale + gap, height * scale + gap]
  const rows = Math.ceil(tiles.length / columns)
  const canvas = new OffscreenCanvas(Math.min(columns, tiles.length) * stepX - gap, rows * stepY - gap)
  const context = canvas.getContext('2d')!
  context.imageSmoothingEnabled = false
  for (const [i, tile] of tiles.entries()) {
    const [x, y] = [(i % columns) * stepX, Math.floor(i / columns) * stepY]
    context.drawImage(toCanvas(tile), x, y, width * scale, height * scale)
  }
  return saveCanvas(canvas, name)
}

/** Offers pictures beside one another, as high as the highest, as a PNG file. @param name without its ending */
export function saveBeside(pictures: readonly Pixels[], name: string): Promise<void> {
  const high = Math.max(...pictures.map(({ height }) => height))
  const widths = pictures.map(({ width, height }) => Math.round((width * high) / height))
  const canvas = new OffscreenCanvas(
    widths.reduce((sum, width) => sum + width + gap, -gap),
    high,
  )
  const context = canvas.getContext('2d')!
  context.imageSmoothingEnabled = false
  let left = 0
  for (const [i, picture] of pictures.entries()) {
    context.drawImage(toCanvas(picture), left, 0, widths[i]!, high)
    left += widths[i]! + gap
  }
  return saveCanvas(canvas, name)
}

function toCanvas(pixels: Pixels): OffscreenCanvas {
  const canvas = new OffscreenCanvas(pixels.width, pixels.height)
  paintPixels(canvas, pixels)
  return canvas
}

async function saveCanvas(canvas: OffscreenCanvas, name: string): Promise<void> {
  saveFile(await canvas.convertToBlob({ type: 'image/png' }), `${name}.png`)
}
