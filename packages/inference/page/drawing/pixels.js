/** @typedef {import('./data.js').Color} Color */

/**
 * A sheet of one color. @param {number} count of pixels @param {Color} color
 * @returns {Uint8ClampedArray<ArrayBuffer>} [count, 4]
 */
export const plainPixels = (count, color) => {
  const pixels = new Uint8ClampedArray(4 * count)
  for (let at = 0; at < count; at++) pixels.set([...color, 255], 4 * at)
  return pixels
}

/**
 * The numbers that the generator gets: −1 for black, 1 for white, as in every picture of gankit.
 * @param {Uint8ClampedArray} pixels [n, 4] @param {number} channels 1 or 3
 */
export const readNumbers = (pixels, channels) => {
  const numbers = new Float32Array((pixels.length / 4) * channels)
  for (let at = 0; at < pixels.length / 4; at++)
    for (let c = 0; c < channels; c++) numbers[at * channels + c] = (pixels[4 * at + c] ?? 0) / 127.5 - 1
  return numbers
}

/** Makes pixels gray, by Rec. 601 as libvips and Pillow do; gray ones stay as they are. @param {Uint8ClampedArray} pixels */
export const makeGray = pixels => {
  for (let at = 0; at < pixels.length; at += 4) {
    const [red = 0, green = 0, blue = 0] = pixels.subarray(at, at + 3)
    pixels.fill(Math.round(0.299 * red + 0.587 * green + 0.114 * blue), at, at + 3)
  }
}

/** Gives every pixel the nearest of some colors. @param {Uint8ClampedArray} pixels @param {Color[]} colors */
export const snapToColors = (pixels, colors) => {
  for (let at = 0; at < pixels.length; at += 4) {
    let [nearest, least] = [colors[0], Number.POSITIVE_INFINITY]
    for (const color of colors) {
      const distance = color.reduce((sum, value, c) => sum + (value - (pixels[at + c] ?? 0)) ** 2, 0)
      if (distance < least) [nearest, least] = [color, distance]
    }
    pixels.set(nearest ?? [], at)
  }
}

/** The pixels with left and right exchanged. @param {Uint8ClampedArray} pixels @param {number} width */
export const mirrorPixels = (pixels, width) => {
  const mirrored = pixels.slice()
  for (let at = 0; at < pixels.length / 4; at++) {
    const column = at % width
    mirrored.set(pixels.subarray(4 * at, 4 * at + 4), 4 * (at - column + width - 1 - column))
  }
  return mirrored
}
