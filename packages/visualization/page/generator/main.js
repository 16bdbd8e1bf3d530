import { element } from './data.js'
import { createGallery } from './gallery.js'
import { openGenerator } from './generator.js'
import { createStudio } from './studio.js'
import { say, translate } from './texts.js'

const work = element('work', HTMLElement)
const ends = [
  { button: element('choose-from', HTMLButtonElement), sample: 0 },
  { button: element('choose-to', HTMLButtonElement), sample: 1 },
]
let active = 0

/** @param {number} end the end, 0 or 1, that the next chosen sample replaces */
const activate = end => {
  active = end
  for (const [i, { button }] of ends.entries()) button.setAttribute('aria-pressed', String(i === end))
}

const start = async () => {
  const draw = await openGenerator()
  const studio = createStudio(draw)
  /** @param {number} [at] */
  const showBetween = at => {
    const [from = 0, to = 0] = ends.map(({ sample }) => sample)
    gallery.mark(from, to)
    void studio.setEnds(gallery.latent(from), gallery.latent(to), at)
  }
  const gallery = createGallery(
    draw,
    sample => {
      const end = ends[active]
      if (end) end.sample = sample
      showBetween(active)
    },
    showBetween,
  )
  for (const [i, { button }] of ends.entries())
    button.addEventListener('click', () => {
      activate(i)
      showBetween(i)
    })
  await gallery.show()
  work.inert = false
}

translate()
activate(0)
work.hidden = false
start().catch(error => {
  const fault = element('fault', HTMLParagraphElement)
  work.hidden = true
  fault.hidden = false
  fault.textContent = say('fault', { why: error instanceof Error ? error.message : String(error) })
})
