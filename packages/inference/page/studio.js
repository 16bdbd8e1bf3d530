import { blend } from './blend.js'
import { createConditionLists } from './conditions.js'
import { attributes, data } from './data.js'
import { element } from './element.js'
import { paint } from './generator.js'
import { fileName, saveCanvas } from './save.js'
import { translateWord } from './words.js'

const { size, prior } = data.noise
const [low, high] =
  prior.name === 'uniform' ? [prior.min, prior.max] : [prior.mean - 4 * prior.std, prior.mean + 4 * prior.std]

/**
 * One picture, of an input between two ends, whose condition and first numbers of noise the reader may change.
 * @param {(inputs: import('./data.js').Input[]) => Promise<ImageData[]>} draw
 */
export const createStudio = draw => {
  const picture = element('picture', HTMLCanvasElement)
  const share = element('share', HTMLInputElement)
  const numbers = element('numbers', HTMLDivElement)
  const canvases = [element('from', HTMLCanvasElement), element('to', HTMLCanvasElement)]
  /** @type {import('./data.js').Input[]} */
  let ends = []
  /** The input of the picture. @type {import('./data.js').Input} */
  let input = { noise: new Float32Array(size), condition: new Float32Array() }
  /** @type {import('./data.js').Input | undefined} */
  let wanted
  let drawing = false

  // Up to z₉ there is a small digit for each.
  const sliders = Array.from({ length: Math.min(8, size) }, (_, i) => {
    const slider = document.createElement('input')
    Object.assign(slider, { type: 'range', min: low, max: high, step: (high - low) / 400 })
    slider.setAttribute('aria-label', translateWord('number', { n: i + 1 }))
    slider.addEventListener('input', () => {
      input.noise[i] = slider.valueAsNumber
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

  // A slider moves faster than a large generator draws: inputs that came in between are skipped.
  const redraw = async () => {
    wanted = { noise: input.noise.slice(), condition: input.condition }
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
      const number = input.noise[i] ?? 0
      slider.valueAsNumber = number
      value.textContent = number.toFixed(2).replace('-', '−')
    }
    conditions?.show(input.condition)
    void redraw()
  }
  const conditions =
    attributes.length > 0
      ? createConditionLists(element('attributes', HTMLDivElement), condition => {
          input = { noise: input.noise, condition }
          update()
        })
      : undefined
  const goBetween = () => {
    const [from, to] = ends
    if (!from || !to) return
    input = blend(data.noise, from, to, share.valueAsNumber)
    update()
  }
  share.addEventListener('input', goBetween)
  element('save-picture', HTMLButtonElement).addEventListener('click', () =>
    saveCanvas(picture, `${fileName()}-picture`),
  )
  return {
    /**
     * Takes other ends. @param {import('./data.js').Input} from @param {import('./data.js').Input} to
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
