/**
 * Gives a color to a pixel, and to all pixels of its color that are connected with it by their sides.
 * @param {Uint8ClampedArray} pixels [height, width, 4], which is changed @param {number} width
 * @param {import('./brush.js').Place} place @param {import('./data.js').Color} color
 */
export const fillArea = (pixels, width, [x, y], color) => {
  const words = new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.length / 4)
  const height = words.length / width
  const start = Math.floor(y) * width + Math.floor(x)
  const old = words[start]
  const fresh = new Uint32Array(Uint8ClampedArray.of(...color, 255).buffer)[0]
  if (old === undefined || fresh === undefined || old === fresh) return
  words[start] = fresh
  const open = [start]
  /** @param {number} at */
  const visit = at => {
    if (words[at] !== old) return
    words[at] = fresh
    open.push(at)
  }
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const column = at % width
    if (column > 0) visit(at - 1)
    if (column < width - 1) visit(at + 1)
    if (at >= width) visit(at - width)
    if (at < (height - 1) * width) visit(at + width)
  }
}
