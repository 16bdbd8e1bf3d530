import { createAsked } from './asked.js'
import { blend } from './blend.js'
import { askedSize } from './condition.js'
import { data, element } from './data.js'
import { paint } from './generator.js'
import { say } from './words.js'

const { size, prior } = data.latent
const noise = size - askedSize(data.latent)
const [low, high] =
  prior.name === 'uniform' ? [prior.min, prior.max] : [prior.mean - 4 * prior.std, prior.mean + 4 * prior.std]

/**
 * One picture, of a latent between two ends, whose first numbers may be turned.
 * @param {(latents: Float32Array[]) => Promise<ImageData[]>} draw
 */
export const createStudio = draw => {
  const picture = element('picture', HTMLCanvasElement)
  const share = element('share', HTMLInputElement)
  const numbers = element('numbers', HTMLDivElement)
  const canvases = [element('from', HTMLCanvasElement), element('to', HTMLCanvasElement)]
  /** @type {Float32Array[]} */
  let ends = []
  /** What the picture is of. */
  let latent = new Float32Array(size)
  /** @type {Float32Array | undefined} */
  let wanted
  let drawing = false

  // Up to z₉ there is a small digit for each.
  const sliders = Array.from({ length: Math.min(8, noise) }, (_, i) => {
    const slider = document.createElement('input')
    Object.assign(slider, { type: 'range', min: low, max: high, step: (high - low) / 400 })
    slider.setAttribute('aria-label', say('number', { n: i + 1 }))
    slider.addEventListener('input', () => {
      latent[i] = slider.valueAsNumber
      update()
    })
    const value = document.createElement('output')
    const row = document.createElement('label')
    const name = document.createElement('span')
    name.textContent = `z${String.fromCodePoint(0x2081 + i)}`
    row.append(name, slider, value)
    numbers.append(row)
    return { slider, value }
  })

  // A slider moves faster than a large generator draws: what came in between is left out.
  const redraw = async () => {
    wanted = latent.slice()
    if (drawing) return
    drawing = true
    while (wanted) {
      const next = [wanted]
      wanted = undefined
      for (const image of await draw(next)) paint(picture, image)
    }
    drawing = false
  }
  const update = () => {
    for (const [i, { slider, value }] of sliders.entries()) {
      const number = latent[i] ?? 0
      slider.valueAsNumber = number
      value.textContent = number.toFixed(2).replace('-', '−')
    }
    asked.show(latent)
    void redraw()
  }
  const asked = createAsked(numbers => {
    latent.set(numbers, noise)
    update()
  })
  const goBetween = () => {
    const [from, to] = ends
    if (!from || !to) return
    latent = blend(data.latent, from, to, share.valueAsNumber)
    update()
  }
  share.addEventListener('input', goBetween)
  return {
    /**
     * Takes other ends. @param {Float32Array} from @param {Float32Array} to
     * @param {number} [at] how far between them the picture then is; as far as before if left out
     */
    setEnds: async (from, to, at) => {
      ends = [from, to]
      if (at !== undefined) share.valueAsNumber = at
      goBetween()
      for (const [i, image] of (await draw([from, to])).entries()) {
        const canvas = canvases[i]
        if (canvas) paint(canvas, image)
      }
    },
  }
}
