import { data, element } from './data.js'
import { paint } from './generator.js'
import { drawLatents } from './random.js'
import { say } from './texts.js'

/** Samples that are drawn before the page may repaint. */
const chunkSize = 16

/**
 * The grid of samples of a seed.
 * @param {(latents: Float32Array[]) => Promise<ImageData[]>} draw
 * @param {(i: number) => void} onChoose gets the index of the sample that the reader chooses
 * @param {() => void} onDrawn is called when all samples of a seed are drawn
 */
export const createGallery = (draw, onChoose, onDrawn) => {
  const tiles = element('tiles', HTMLDivElement)
  const seed = element('seed', HTMLInputElement)
  const status = element('status', HTMLOutputElement)
  const canvases = Array.from({ length: data.count }, (_, i) => {
    const tile = document.createElement('button')
    const canvas = document.createElement('canvas')
    tile.type = 'button'
    tile.setAttribute('aria-label', say('sample', { n: i + 1 }))
    tile.append(canvas)
    tile.addEventListener('click', () => onChoose(i))
    tiles.append(tile)
    return canvas
  })
  /** @type {Float32Array[]} */
  let latents = []

  const show = async () => {
    const ours = drawLatents(data.latent, data.count, seed.valueAsNumber)
    latents = ours
    tiles.setAttribute('aria-busy', 'true')
    status.textContent = say('drawing')
    const start = performance.now()
    for (let from = 0; from < data.count; from += chunkSize) {
      const pictures = await draw(ours.slice(from, from + chunkSize))
      // The reader has chosen another seed meanwhile.
      if (latents !== ours) return
      for (const [i, picture] of pictures.entries()) {
        const canvas = canvases[from + i]
        if (canvas) paint(canvas, picture)
      }
      await new Promise(resolve => setTimeout(resolve))
      if (latents !== ours) return
    }
    status.textContent = say('drawn', { count: data.count, ms: Math.round(performance.now() - start) })
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
    latent: i => latents[i] ?? new Float32Array(data.latent.size),
    /** Marks the samples at both ends. @param {number} from @param {number} to */
    mark: (from, to) => {
      for (const [i, canvas] of canvases.entries()) {
        canvas.parentElement?.classList.toggle('from', i === from)
        canvas.parentElement?.classList.toggle('to', i === to)
      }
    },
  }
}
