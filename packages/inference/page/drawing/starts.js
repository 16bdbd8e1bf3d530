import { element } from '../element.js'
import { drawBits } from '../random.js'
import { data, labels } from './data.js'
import { makeGray, mirrorPixels, snapToColors } from './pixels.js'
import { translateWord } from './words.js'

/** A picture at the size of an input: its middle, as large as fits. @param {ImageBitmap | HTMLImageElement} picture */
const fitPixels = picture => {
  const [height, width, channels] = data.inputShape
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  context.imageSmoothingQuality = 'high'
  context.fillStyle = 'white'
  context.fillRect(0, 0, width, height)
  const scale = Math.max(width / picture.width, height / picture.height)
  const [w, h] = [picture.width * scale, picture.height * scale]
  context.drawImage(picture, (width - w) / 2, (height - h) / 2, w, h)
  const { data: pixels } = context.getImageData(0, 0, width, height)
  if (channels === 1) makeGray(pixels)
  if (labels.length > 0) snapToColors(pixels, labels)
  return pixels
}

/** @param {string} base64 */
const decodeExample = async base64 => {
  const image = new Image()
  image.src = `data:image/png;base64,${base64}`
  await image.decode()
  return fitPixels(image)
}

/**
 * What one may start from: drawings that the page holds, and a picture of one's own.
 * @param {(pixels: Uint8ClampedArray) => void} onChoose @param {(text: string) => void} onFault
 */
export const createStarts = async (onChoose, onFault) => {
  const strip = element('examples', HTMLDivElement)
  const [height, width] = data.inputShape

  /** @param {File | undefined} file */
  const open = async file => {
    if (!file) return
    const picture = await createImageBitmap(file).catch(() => undefined)
    onFault(picture ? '' : translateWord('noPicture', { name: file.name }))
    if (picture) onChoose(fitPixels(picture))
  }
  const file = element('file', HTMLInputElement)
  file.addEventListener('change', async () => {
    await open(file.files?.[0])
    // The same file may be chosen again.
    file.value = ''
  })
  document.addEventListener('dragover', event => event.preventDefault())
  document.addEventListener('drop', event => {
    event.preventDefault()
    void open(event.dataTransfer?.files[0])
  })
  document.addEventListener('paste', event => void open(event.clipboardData?.files[0]))
  if (data.input.kind === 'pictures')
    element('drawing', HTMLCanvasElement).addEventListener('click', () => file.click())

  const examples = await Promise.all(data.examples.map(decodeExample))
  for (const [i, pixels] of examples.entries()) {
    const button = document.createElement('button')
    const canvas = document.createElement('canvas')
    button.type = 'button'
    button.setAttribute('aria-label', translateWord('start', { n: i + 1 }))
    canvas.width = width
    canvas.height = height
    canvas.getContext('2d')?.putImageData(new ImageData(pixels, width, height), 0, 0)
    button.append(canvas)
    button.addEventListener('click', () => onChoose(pixels))
    strip.append(button)
  }
  // Another one each time that the page is opened.
  let seed = Date.now()
  let last = 0
  document.getElementById('surprise')?.addEventListener('click', () => {
    const [which = 0, side = 0] = drawBits(seed++, 'page/surprise', 2)
    // Any but the last one.
    last = (last + 1 + (which % Math.max(1, examples.length - 1))) % examples.length
    const pixels = examples[last]
    if (pixels) onChoose(side % 2 ? mirrorPixels(pixels, width) : pixels)
  })
  return examples
}
