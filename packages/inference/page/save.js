/** Tiles in a row of the grid, on the page and in its picture. */
export const columns = 8
/** Pixels between two tiles of the picture. */
const gap = 2

/**
 * Offers a picture as a PNG file.
 * @param {HTMLCanvasElement} canvas @param {string} name of the file, without its ending
 */
export const saveCanvas = async (canvas, name) => {
  const blob = await new Promise(resolve => canvas.toBlob(resolve, 'image/png'))
  if (!(blob instanceof Blob)) return
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = `${name}.png`
  link.click()
  // A browser may ask where to save, and read only then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/**
 * Tiles as one picture, row by row, small ones at twice their size; between them it is transparent.
 * @param {HTMLCanvasElement[]} tiles
 */
export const joinTiles = tiles => {
  const [{ width, height } = { width: 1, height: 1 }] = tiles
  const scale = width < 48 ? 2 : 1
  const [stepX, stepY] = [width * scale + gap, height * scale + gap]
  const canvas = document.createElement('canvas')
  canvas.width = Math.min(columns, tiles.length) * stepX - gap
  canvas.height = Math.ceil(tiles.length / columns) * stepY - gap
  const context = canvas.getContext('2d')
  if (!context) return canvas
  context.imageSmoothingEnabled = false
  for (const [i, tile] of tiles.entries())
    context.drawImage(
      tile,
      (i % columns) * stepX,
      Math.floor(i / columns) * stepY,
      width * scale,
      height * scale,
    )
  return canvas
}

/** What files of this page are called: its title in lower case, with hyphens. */
export const fileName = () =>
  (document.querySelector('h1')?.textContent ?? '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '') || 'samples'
