/**
 * A place on the sheet, in pixels of the generator's input; the middle of the first pixel is at [0.5, 0.5].
 * @typedef {[x: number, y: number]} Place
 */

/**
 * Covers pixels along a line with a round brush. A mask holds the share of each pixel that a stroke covers, so that a stroke
 * that crosses itself covers nothing twice.
 * @param {Float32Array} mask [height · width], which is changed
 * @param {number} width of the sheet
 * @param {Place} from @param {Place} to @param {number} radius
 * @param {boolean} isSoft whether pixels at the edge are covered in part; labels are whole or not there
 */
export const coverLine = (mask, width, [x0, y0], [x1, y1], radius, isSoft) => {
  const height = mask.length / width
  const reach = radius + 1
  const top = Math.max(0, Math.floor(Math.min(y0, y1) - reach))
  const bottom = Math.min(height, Math.ceil(Math.max(y0, y1) + reach))
  const left = Math.max(0, Math.floor(Math.min(x0, x1) - reach))
  const right = Math.min(width, Math.ceil(Math.max(x0, x1) + reach))
  const [dx, dy] = [x1 - x0, y1 - y0]
  const squared = dx * dx + dy * dy
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) {
      const [px, py] = [x + 0.5 - x0, y + 0.5 - y0]
      const along = squared > 0 ? Math.min(1, Math.max(0, (px * dx + py * dy) / squared)) : 0
      const distance = Math.hypot(px - along * dx, py - along * dy)
      // A thin brush still leaves a line without gaps.
      const share = isSoft
        ? Math.min(1, Math.max(0, radius + 0.5 - distance))
        : Number(distance <= Math.max(radius, Math.SQRT1_2))
      const at = y * width + x
      if (share > (mask[at] ?? 0)) mask[at] = share
    }
}

/**
 * Lays a color over pixels, each as far as a mask covers it.
 * @param {Uint8ClampedArray} pixels [height, width, 4], which is changed
 * @param {Uint8ClampedArray} before the same pixels before the stroke
 * @param {Float32Array} mask @param {import('./data.js').Color} color
 */
export const layColor = (pixels, before, mask, color) => {
  for (const [at, share] of mask.entries()) {
    if (share === 0) continue
    for (let c = 0; c < 3; c++) {
      const was = before[4 * at + c] ?? 0
      pixels[4 * at + c] = Math.round(was + share * ((color[c] ?? 0) - was))
    }
  }
}
