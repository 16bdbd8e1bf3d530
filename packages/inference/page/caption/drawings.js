import { element } from '../element.js'
import { paint } from '../generator.js'
import { drawInputs } from '../random.js'
import { data } from './data.js'
import { translateWord } from './words.js'

/**
 * The drawings of a caption, each of noise of its own, one of them large. One caption is drawn at a time; of captions that came meanwhile
 * the latest is next.
 * @param {() => { tokens: Float32Array | undefined, seed: number }} read what is to be drawn; no tokens leave all as it is
 */
export const createDrawings = read => {
  const tiles = element('tiles', HTMLDivElement)
  const picture = element('picture', HTMLCanvasElement)
  const status = element('status', HTMLOutputElement)
  const [height, width] = data.sampleShape
  /** @type {((inputs: import('../engine/generator.js').Input[]) => Promise<ImageData[]>) | undefined} */
  let draw
  let isWanted = false
  let isRunning = false
  let chosen = 0
  /** What each tile shows. @type {(ImageData | undefined)[]} */
  const shown = []

  const canvases = Array.from({ length: data.count }, (_, i) => {
    const tile = document.createElement('button')
    const canvas = document.createElement('canvas')
    tile.type = 'button'
    tile.className = 'waiting'
    tile.setAttribute('aria-label', translateWord('drawing', { n: i + 1 }))
    // Until it is drawn, its place has its shape.
    canvas.width = width
    canvas.height = height
    tile.append(canvas)
    tile.addEventListener('click', () => choose(i))
    tiles.append(tile)
    return canvas
  })

  /** @param {number} i the drawing that is shown large */
  const choose = i => {
    chosen = i
    for (const [at, canvas] of canvases.entries())
      canvas.parentElement?.setAttribute('aria-pressed', String(at === i))
    const image = shown[i]
    if (image) paint(picture, image)
  }

  const drawCaption = async () => {
    const { tokens, seed } = read()
    tiles.classList.toggle('old', !tokens)
    picture.classList.toggle('old', !tokens)
    if (!draw || !tokens) return
    const start = performance.now()
    const inputs = drawInputs(data.noise, [], data.count, seed).map(({ noise }) => ({
      noise,
      condition: tokens,
    }))
    // The large one first.
    const order = [chosen, ...inputs.keys()].filter((i, at, all) => all.indexOf(i) === at)
    for (const piece of [order.slice(0, 1), order.slice(1)]) {
      const images = await draw(piece.flatMap(i => inputs[i] ?? []))
      for (const [at, image] of images.entries()) {
        const i = piece[at] ?? 0
        const canvas = canvases[i]
        if (!canvas) continue
        shown[i] = image
        paint(canvas, image)
        canvas.parentElement?.classList.remove('waiting')
      }
      choose(chosen)
      // Another caption came.
      if (isWanted) return
    }
    status.textContent = translateWord('drawn', {
      count: data.count,
      ms: Math.round(performance.now() - start),
    })
  }

  const update = async () => {
    isWanted = true
    tiles.setAttribute('aria-busy', 'true')
    if (isRunning) return
    isRunning = true
    while (isWanted) {
      isWanted = false
      await drawCaption()
    }
    isRunning = false
    if (draw) tiles.setAttribute('aria-busy', 'false')
  }
  status.textContent = translateWord('opening')
  choose(0)
  return {
    picture,
    canvases,
    update,
    /** Draws by this function from now on. @param {NonNullable<typeof draw>} by */
    start: by => {
      draw = by
      return update()
    },
  }
}
