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
 * @param {HTMLCanvasElement[]} tiles @param {number} [across] tiles in a row
 */
export const joinTiles = (tiles, across = columns) => {
  const [{ width, height } = { width: 1, height: 1 }] = tiles
  const scale = width < 48 ? 2 : 1
  const [stepX, stepY] = [width * scale + gap, height * scale + gap]
  const canvas = document.createElement('canvas')
  canvas.width = Math.min(across, tiles.length) * stepX - gap
  canvas.height = Math.ceil(tiles.length / across) * stepY - gap
  const context = canvas.getContext('2d')
  if (!context) return canvas
  context.imageSmoothingEnabled = false
  for (const [i, tile] of tiles.entries())
    context.drawImage(
      tile,
      (i % across) * stepX,
      Math.floor(i / across) * stepY,
      width * scale,
      height * scale,
    )
  return canvas
}

/** Characters of a file name, at most: a caption may be long. */
const maxName = 60

/**
 * What files of this page are called: a text in lower case, with hyphens.
 * @param {string} [text] the page's title where it is left out
 */
export const fileName = (text = document.querySelector('h1')?.textContent ?? '') =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, maxName)
    .replaceAll(/^-|-$/g, '') || 'samples'
