import { type Color, gifenc } from './gifenc.ts'
import type { Picture } from './picture.ts'

/** The color table of a GIF, one for all its pictures, and the map from pixels to it. */
export interface GifPalette {
  /** At most 256. */
  readonly colors: readonly Color[]
  /** @returns [height, width], the index of each pixel's color in `colors` */
  indexPixels(picture: Picture): Uint8Array
}

/** Upper bound of the pixels that a palette is made from; more would change it little. */
const maxPixels = 2 ** 22

/**
 * One palette for pictures of one shape. Gray keeps its 256 levels, and up to 256 colors stay as they are. More colors
 * are merged pair by pair, cheapest pair first (pairwise nearest neighbors, Equitz 1989), and each pixel takes the
 * color nearest to its first 5, 6 and 5 bits. There is no dithering: it would flicker from picture to picture.
 */
export function createGifPalette(pictures: readonly Picture[]): GifPalette {
  if (pictures[0]!.channels === 1)
    return {
      colors: Array.from({ length: 256 }, (_, level) => [level, level, level]),
      indexPixels: ({ data }) => data,
    }
  return createExactPalette(pictures) ?? createMergedPalette(pictures)
}

function createExactPalette(pictures: readonly Picture[]): GifPalette | undefined {
  const indices = new Map<number, number>()
  for (const { data } of pictures)
    for (let i = 0; i < data.length; i += 3) {
      const color = readColor(data, i)
      if (indices.has(color)) continue
      if (indices.size === 256) return undefined
      indices.set(color, indices.size)
    }
  return {
    colors: [...indices.keys()].map(color => [color >> 16, (color >> 8) & 255, color & 255]),
    indexPixels: picture => mapPixels(picture, i => indices.get(readColor(picture.data, i))!),
  }
}

function createMergedPalette(pictures: readonly Picture[]): GifPalette {
  const colors = gifenc.quantize(takePixels(pictures), 256, { format: 'rgb444' })
  const indices = new Int16Array(2 ** 16).fill(-1)
  const findIndex = (red: number, green: number, blue: number) => {
    const [r, g, b] = [red >> 3, green >> 2, blue >> 3]
    const bin = (r << 11) | (g << 5) | b
    if (indices[bin]! < 0)
      indices[bin] = gifenc.nearestColorIndex(colors, [(r * 255) / 31, (g * 255) / 63, (b * 255) / 31])
    return indices[bin]!
  }
  return {
    colors,
    indexPixels: picture =>
      mapPixels(picture, i => findIndex(picture.data[i]!, picture.data[i + 1]!, picture.data[i + 2]!)),
  }
}

/** Every nth pixel of the pictures as red, green, blue and 255, so that about `maxPixels` of them are taken. */
function takePixels(pictures: readonly Picture[]): Uint8Array {
  const { width, height } = pictures[0]!
  const size = width * height
  const stride = Math.ceil((pictures.length * size) / maxPixels)
  const rgba = new Uint8Array(4 * Math.ceil((pictures.length * size) / stride)).fill(255)
  for (let i = 0, pixel = 0; i < rgba.length; i += 4, pixel += stride) {
    const { data } = pictures[Math.floor(pixel / size)]!
    const from = 3 * (pixel % size)
    for (let c = 0; c < 3; c++) rgba[i + c] = data[from + c]!
  }
  return rgba
}

/** @param findIndex gives the index in the palette of the pixel whose first byte is at i */
function mapPixels({ width, height }: Picture, findIndex: (i: number) => number): Uint8Array {
  const indices = new Uint8Array(width * height)
  for (let pixel = 0; pixel < indices.length; pixel++) indices[pixel] = findIndex(3 * pixel)
  return indices
}

function readColor(data: Uint8Array, i: number): number {
  return (data[i]! << 16) | (data[i + 1]! << 8) | data[i + 2]!
}
