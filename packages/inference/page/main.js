import { element } from './data.js'
import { createGallery } from './gallery.js'
import { openGenerator } from './generator.js'
import { createStudio } from './studio.js'
import { translatePage, translateWord } from './words.js'

const work = element('work', HTMLElement)
const ends = [
  { button: element('choose-from', HTMLButtonElement), sample: 0 },
  { button: element('choose-to', HTMLButtonElement), sample: 1 },
]
let active = 0

/** @param {number} end the end that gets the next sample that the reader chooses */
const activate = end => {
  active = end
  for (const [i, { button }] of ends.entries()) button.setAttribute('aria-pressed', String(i === end))
}

const start = async () => {
  const draw = await openGenerator()
  const studio = createStudio(draw)
  /** @param {number} [at] */
  const between = at => {
    const [from = 0, to = 0] = ends.map(({ sample }) => sample)
    gallery.mark(from, to)
    const [first, last] = [gallery.input(from), gallery.input(to)]
    if (first && last) void studio.setEnds(first, last, at)
  }
  const gallery = createGallery(
    draw,
    sample => {
      const end = ends[active]
      if (end) end.sample = sample
      between(active)
    },
    between,
  )
  for (const [i, { button }] of ends.entries())
    button.addEventListener('click', () => {
      activate(i)
      between(i)
    })
  await gallery.show()
  work.inert = false
}

translatePage()
activate(0)
work.hidden = false
start().catch(error => {
  const message = element('error', HTMLParagraphElement)
  work.hidden = true
  message.hidden = false
  message.textContent = translateWord('error', {
    reason: error instanceof Error ? error.message : String(error),
  })
})
