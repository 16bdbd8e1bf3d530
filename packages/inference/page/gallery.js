import { attributes, data, element } from './data.js'
import { paint } from './generator.js'
import { drawInputs } from './random.js'
import { translateWord } from './words.js'

/** Samples that are drawn before the page may paint. */
const pieceSize = 16

/**
 * The grid of samples of a seed.
 * @param {(inputs: import('./data.js').Input[]) => Promise<ImageData[]>} draw
 * @param {(i: number) => void} onChoose when the reader chooses a sample
 * @param {() => void} onDrawn when there are new samples
 */
export const createGallery = (draw, onChoose, onDrawn) => {
  const tiles = element('tiles', HTMLDivElement)
  const seed = element('seed', HTMLInputElement)
  const status = element('status', HTMLOutputElement)
  const canvases = Array.from({ length: data.count }, (_, i) => {
    const tile = document.createElement('button')
    const canvas = document.createElement('canvas')
    tile.type = 'button'
    tile.setAttribute('aria-label', translateWord('sample', { n: i + 1 }))
    tile.append(canvas)
    tile.addEventListener('click', () => onChoose(i))
    tiles.append(tile)
    return canvas
  })
  /** @type {import('./data.js').Input[]} */
  let inputs = []

  const show = async () => {
    const current = drawInputs(data.noise, attributes, data.count, seed.valueAsNumber)
    inputs = current
    tiles.setAttribute('aria-busy', 'true')
    status.textContent = translateWord('drawing')
    const start = performance.now()
    for (let from = 0; from < data.count; from += pieceSize) {
      const pictures = await draw(current.slice(from, from + pieceSize))
      // The reader chose another seed meanwhile.
      if (inputs !== current) return
      for (const [i, picture] of pictures.entries()) {
        const canvas = canvases[from + i]
        if (canvas) paint(canvas, picture)
      }
      await new Promise(resolve => setTimeout(resolve))
      if (inputs !== current) return
    }
    status.textContent = translateWord('drawn', {
      count: data.count,
      ms: Math.round(performance.now() - start),
    })
    tiles.setAttribute('aria-busy', 'false')
    onDrawn()
  }

  seed.addEventListener('change', () => {
    if (!Number.isSafeInteger(seed.valueAsNumber) || seed.valueAsNumber < 0) seed.valueAsNumber = 0
    void show()
  })
  element('new', HTMLButtonElement).addEventListener('click', () => {
    seed.valueAsNumber += 1
    void show()
  })
  return {
    show,
    /** @param {number} i */
    input: i => inputs[i],
    /** Marks the samples at both ends. @param {number} from @param {number} to */
    mark: (from, to) => {
      for (const [i, canvas] of canvases.entries()) {
        canvas.parentElement?.classList.toggle('from', i === from)
        canvas.parentElement?.classList.toggle('to', i === to)
      }
    },
  }
}
