/**
 * Converts red, green and blue to gray by Rec. 601's weights on the encoded levels, R × 0.299 + G × 0.587 + B × 0.114, as
 * Pillow, OpenCV and Keras do. Pillow's fixed-point weights make the same rounding; a gray pixel keeps its level.
 * @param rgb 3 bytes a pixel
 * @returns one byte a pixel
 */
export function toGray(rgb: Uint8Array | Uint8ClampedArray): Uint8Array<ArrayBuffer> {
  const gray = new Uint8Array(rgb.length / 3)
  for (let i = 0; i < gray.length; i++)
    gray[i] = (rgb[3 * i]! * 19595 + rgb[3 * i + 1]! * 38470 + rgb[3 * i + 2]! * 7471 + 0x8000) >> 16
  return gray
}
