import { type Colour, gifenc } from './gifenc.ts'
import type { Picture } from './picture.ts'

/** The colours that a GIF has for all its pictures, and which of them each pixel becomes. */
export interface GifPalette {
  /** At most 256. */
  readonly colours: readonly Colour[]
  /** @returns [height, width], the place of each pixel's colour */
  indices(picture: Picture): Uint8Array
}

/** Pixels that a palette is made from, at most; more of them would change it little. */
const looked = 2 ** 22

/**
 * One palette for pictures of one shape. Greys keep their 256 levels, and up to 256 colours stay as they are. More are
 * merged pair by pair, those first that cost least (pairwise nearest neighbours, Equitz 1989), and each pixel
 * becomes the nearest colour, to 5, 6 and 5 bit of it, without dithering, which would flicker.
 */
export function gifPalette(pictures: readonly Picture[]): GifPalette {
  if (pictures[0]!.channels === 1)
    return {
      colours: Array.from({ length: 256 }, (_, level) => [level, level, level]),
      indices: ({ data }) => data,
    }
  return exactPalette(pictures) ?? mergedPalette(pictures)
}

function exactPalette(pictures: readonly Picture[]): GifPalette | undefined {
  const places = new Map<number, number>()
  for (const { data } of pictures)
    for (let i = 0; i < data.length; i += 3) {
      const colour = colourAt(data, i)
      if (places.has(colour)) continue
      if (places.size === 256) return undefined
      places.set(colour, places.size)
    }
  return {
    colours: [...places.keys()].map(colour => [colour >> 16, (colour >> 8) & 255, colour & 255]),
    indices: picture => eachPixel(picture, i => places.get(colourAt(picture.data, i))!),
  }
}

function mergedPalette(pictures: readonly Picture[]): GifPalette {
  const colours = gifenc.quantize(somePixels(pictures), 256, { format: 'rgb444' })
  const places = new Int16Array(2 ** 16).fill(-1)
  const placeOf = (red: number, green: number, blue: number) => {
    const [r, g, b] = [red >> 3, green >> 2, blue >> 3]
    const bin = (r << 11) | (g << 5) | b
    if (places[bin]! < 0)
      places[bin] = gifenc.nearestColorIndex(colours, [(r * 255) / 31, (g * 255) / 63, (b * 255) / 31])
    return places[bin]!
  }
  return {
    colours,
    indices: picture =>
      eachPixel(picture, i => placeOf(picture.data[i]!, picture.data[i + 1]!, picture.data[i + 2]!)),
  }
}

/** Every nth pixel of the pictures as red, green, blue and 255. */
function somePixels(pictures: readonly Picture[]): Uint8Array {
  const { width, height } = pictures[0]!
  const size = width * height
  const stride = Math.ceil((pictures.length * size) / looked)
  const rgba = new Uint8Array(4 * Math.ceil((pictures.length * size) / stride)).fill(255)
  for (let i = 0, pixel = 0; i < rgba.length; i += 4, pixel += stride) {
    const { data } = pictures[Math.floor(pixel / size)]!
    const from = 3 * (pixel % size)
    for (let c = 0; c < 3; c++) rgba[i + c] = data[from + c]!
  }
  return rgba
}

/** @param placeOf of the pixel whose first byte is at i */
function eachPixel({ width, height }: Picture, placeOf: (i: number) => number): Uint8Array {
  const places = new Uint8Array(width * height)
  for (let pixel = 0; pixel < places.length; pixel++) places[pixel] = placeOf(3 * pixel)
  return places
}

function colourAt(data: Uint8Array, i: number): number {
  return (data[i]! << 16) | (data[i + 1]! << 8) | data[i + 2]!
}
