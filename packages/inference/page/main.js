import { countValues } from './categories.js'
import { attributes, data } from './data.js'
import { element } from './element.js'
import { createGallery } from './gallery.js'
import { afterLoading, startGenerator } from './generator.js'
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
  /** @type {ReturnType<typeof createStudio> | undefined} */
  let studio
  /** @param {number} [at] */
  const between = at => {
    const [from = 0, to = 0] = ends.map(({ sample }) => sample)
    gallery.mark(from, to)
    const [first, last] = [gallery.input(from), gallery.input(to)]
    if (first && last) void studio?.setEnds(first, last, at)
  }
  const gallery = createGallery(
    sample => {
      const end = ends[active]
      if (end) end.sample = sample
      between(active)
    },
    () => {
      between()
      work.inert = false
    },
  )
  for (const [i, { button }] of ends.entries())
    button.addEventListener('click', () => {
      activate(i)
      between(i)
    })
  await afterLoading()
  const generator = await startGenerator(data, {
    noiseSize: data.noise.size,
    ...(attributes.length > 0 && { conditionShape: [countValues(attributes)] }),
  })
  studio = createStudio(generator.draw)
  await gallery.start(generator.draw)
  await generator.improve()
}

/** @param {unknown} error */
const fail = error => {
  const message = element('error', HTMLParagraphElement)
  work.hidden = true
  message.hidden = false
  message.textContent = translateWord('error', {
    reason: error instanceof Error ? error.message : String(error),
  })
}

translatePage()
activate(0)
work.hidden = false
addEventListener('unhandledrejection', ({ reason }) => fail(reason))
start().catch(fail)
