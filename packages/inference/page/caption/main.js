import { element } from '../element.js'
import { afterLoading, startGenerator } from '../generator.js'
import { fileName, joinTiles, saveCanvas } from '../save.js'
import { data } from './data.js'
import { createDrawings } from './drawings.js'
import { createField } from './field.js'
import { translatePage, translateWord } from './words.js'

const work = element('work', HTMLElement)
const seed = element('seed', HTMLInputElement)

/** Says by which command these drawings can be made again. @param {string} text */
const showCommand = text => {
  const [before = '', after = ''] = translateWord('again').split('{command}')
  const code = document.createElement('code')
  code.textContent = `gankit draw '${text.replaceAll("'", "'\\''")}' … --seed ${seed.valueAsNumber}`
  element('again', HTMLParagraphElement).replaceChildren(before, code, after)
}

const start = async () => {
  const field = createField(() => void drawings.update())
  const drawings = createDrawings(() => {
    const tokens = field.read()
    if (tokens) showCommand(field.text())
    return { tokens, seed: seed.valueAsNumber }
  })
  seed.addEventListener('change', () => {
    if (!Number.isSafeInteger(seed.valueAsNumber) || seed.valueAsNumber < 0) seed.valueAsNumber = 0
    void drawings.update()
  })
  element('another', HTMLButtonElement).addEventListener('click', () => {
    seed.valueAsNumber += 1
    void drawings.update()
  })
  const across = Math.ceil(Math.sqrt(data.count))
  for (const [id, canvas] of /** @type {const} */ ([
    ['save-picture', () => drawings.picture],
    ['save-all', () => joinTiles(drawings.canvases, across)],
  ]))
    element(id, HTMLButtonElement).addEventListener('click', () =>
      saveCanvas(canvas(), fileName(field.text())),
    )
  element('words', HTMLParagraphElement).textContent = data.words.slice(2).join(' ')
  await drawings.update()
  await afterLoading()
  const generator = await startGenerator(data, {
    noiseSize: data.noise.size,
    conditionShape: [data.length],
  })
  await drawings.start(generator.draw)
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
work.hidden = false
work.inert = false
addEventListener('unhandledrejection', ({ reason }) => fail(reason))
start().catch(fail)
