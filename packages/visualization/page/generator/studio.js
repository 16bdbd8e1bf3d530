import { conditionSize } from './condition-size.js'
import { createConditions } from './conditions.js'
import { data, element } from './data.js'
import { paint } from './generator.js'
import { interpolate } from './latent-path.js'
import { say } from './texts.js'

const { size, prior } = data.latent
const noise = size - conditionSize(data.latent)
const [low, high] =
  prior.name === 'uniform' ? [prior.min, prior.max] : [prior.mean - 4 * prior.std, prior.mean + 4 * prior.std]

/**
 * One picture of a latent between two samples, with sliders for the latent's first numbers.
 * @param {(latents: Float32Array[]) => Promise<ImageData[]>} draw
 */
export const createStudio = draw => {
  const picture = element('picture', HTMLCanvasElement)
  const share = element('share', HTMLInputElement)
  const numbers = element('numbers', HTMLDivElement)
  const canvases = [element('from', HTMLCanvasElement), element('to', HTMLCanvasElement)]
  /** @type {Float32Array[]} */
  let ends = []
  /** The latent of the picture. */
  let latent = new Float32Array(size)
  /** @type {Float32Array | undefined} */
  let pending
  let drawing = false

  // At most eight: a subscript is one digit, from z₁ on.
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

  // A slider moves faster than a large generator draws: latents that come in while it draws are skipped but for the last.
  const redraw = async () => {
    pending = latent.slice()
    if (drawing) return
    drawing = true
    while (pending) {
      const next = [pending]
      pending = undefined
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
    conditions.show(latent)
    void redraw()
  }
  const conditions = createConditions(encoded => {
    latent.set(encoded, noise)
    update()
  })
  const goBetween = () => {
    const [from, to] = ends
    if (!from || !to) return
    latent = interpolate(data.latent, from, to, share.valueAsNumber)
    update()
  }
  share.addEventListener('input', goBetween)
  return {
    /**
     * Sets both ends. @param {Float32Array} from @param {Float32Array} to
     * @param {number} [at] the new place between them, from 0 to 1. Default: the slider's
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
