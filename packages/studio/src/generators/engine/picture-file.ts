import type { Fit, OpenedPicture } from '../protocol.ts'

/**
 * Decodes a picture at the size that fits. On white, where it is transparent.
 * @throws Error for a file that the browser can't show as a picture
 */
export async function openPicture(file: Blob, fit: Fit): Promise<OpenedPicture> {
  const picture = await createImageBitmap(file)
  try {
    const { width, height } = picture
    const was = [width, height] as const
    if ('cover' in fit) {
      const scale = Math.max(fit.cover[0] / width, fit.cover[1] / height)
      return { pixels: draw(picture, fit.cover, scale), was }
    }
    const scale = Math.min(1, fit.maxSide / Math.max(width, height))
    const size = was.map(side => Math.max(1, Math.round(side * scale))) as [number, number]
    return { pixels: draw(picture, size, scale), was }
  } finally {
    picture.close()
  }
}

/** The middle of a picture. */
function draw(picture: ImageBitmap, [width, height]: readonly [number, number], scale: number) {
  const context = new OffscreenCanvas(width, height).getContext('2d')!
  context.imageSmoothingQuality = 'high'
  context.fillStyle = 'white'
  context.fillRect(0, 0, width, height)
  const [w, h] = [picture.width * scale, picture.height * scale]
  context.drawImage(picture, (width - w) / 2, (height - h) / 2, w, h)
  return { width, height, data: context.getImageData(0, 0, width, height).data }
}
