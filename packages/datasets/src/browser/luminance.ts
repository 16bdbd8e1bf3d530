/** Light of an sRGB level 0 … 255, from 0 to 1 (IEC 61966-2-1). */
const light: Float64Array = Float64Array.from({ length: 256 }, (_, level) => {
  const share = level / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
})

/**
 * Red, green and blue to grey: Rec. 709's weights on linear light, the luminance, back as an sRGB level. That is
 * how sharp makes grey in Node; a grey pixel keeps its level.
 * @param rgb 3 bytes a pixel
 * @returns one byte a pixel
 */
export function luminance(rgb: Uint8ClampedArray): Uint8ClampedArray {
  const grey = new Uint8ClampedArray(rgb.length / 3)
  for (let i = 0; i < grey.length; i++) {
    const [r, g, b] = [rgb[3 * i]!, rgb[3 * i + 1]!, rgb[3 * i + 2]!]
    grey[i] = r === g && g === b ? r : level(0.2126 * light[r]! + 0.7152 * light[g]! + 0.0722 * light[b]!)
  }
  return grey
}

function level(light: number): number {
  return 255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055)
}
