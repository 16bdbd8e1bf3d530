import { element } from '../element.js'
import { afterLoading, startGenerator } from '../generator.js'
import { drawInputs } from '../random.js'
import { fileName, saveCanvas } from '../save.js'
import { data } from './data.js'
import { readNumbers } from './pixels.js'
import { drawByPointer } from './pointer.js'
import { createSheet } from './sheet.js'
import { createStarts } from './starts.js'
import { createSteps, createTools } from './tools.js'
import { createTranslation } from './translation.js'
import { translatePage, translateWord } from './words.js'

const work = element('work', HTMLElement)
const message = element('error', HTMLParagraphElement)

/** @param {string} text nothing to hide what was told */
const announce = text => {
  message.hidden = text === ''
  message.textContent = text
}

/** Pixels of each side of the picture for both, at least. */
const sideOfBoth = 384

/** Drawing and picture beside each other. @param {HTMLCanvasElement[]} canvases */
const joinBoth = canvases => {
  const heights = canvases.map(({ height }) => height)
  const height = Math.max(sideOfBoth, ...heights)
  const sizes = canvases.map(canvas => [Math.round((canvas.width * height) / canvas.height), height])
  const both = document.createElement('canvas')
  both.width = sizes.reduce((sum, [width = 0]) => sum + width, 0)
  both.height = height
  const context = both.getContext('2d')
  if (context) context.imageSmoothingQuality = 'high'
  let left = 0
  for (const [i, canvas] of canvases.entries()) {
    const [width = 0] = sizes[i] ?? []
    context?.drawImage(canvas, left, 0, width, height)
    left += width
  }
  return both
}

const start = async () => {
  let seed = 0
  const readNoise = () =>
    data.noise ? (drawInputs(data.noise, [], 1, seed)[0]?.noise ?? new Float32Array()) : new Float32Array()
  let noise = readNoise()
  // An empty sheet is a drawing too; where one brings pictures it is none.
  const isEmpty = () => data.input.kind === 'pictures' && sheet.isBlank()
  const translation = createTranslation(() =>
    isEmpty() ? undefined : { noise, condition: readNumbers(sheet.pixels(), data.inputShape[2]) },
  )
  const hint = element('hint', HTMLParagraphElement)
  const change = () => {
    hint.hidden = !sheet.isBlank()
    for (const button of document.querySelectorAll('.saves button'))
      if (button instanceof HTMLButtonElement) button.disabled = isEmpty()
    showSteps()
    void translation.update()
  }
  const sheet = createSheet(change)
  const showSteps = createSteps(sheet)
  const ring = document.getElementById('ring')
  if (ring) drawByPointer(sheet, createTools(), ring)
  sheet.clear()
  document.getElementById('another')?.addEventListener('click', () => {
    seed += 1
    noise = readNoise()
    void translation.update()
  })
  for (const [id, name, canvas] of /** @type {const} */ ([
    ['save-picture', 'picture', () => translation.picture],
    ['save-drawing', 'drawing', () => sheet.canvas],
    ['save-both', 'both', () => joinBoth([sheet.canvas, translation.picture])],
  ]))
    element(id, HTMLButtonElement).addEventListener('click', () =>
      saveCanvas(canvas(), `${fileName()}-${name}`),
    )
  const [first] = await createStarts(sheet.replace, announce)
  // What somebody drew meanwhile stays.
  if (first && !sheet.history.canUndo() && !sheet.isDrawing()) sheet.replace(first)
  await afterLoading()
  const generator = await startGenerator(data, {
    noiseSize: data.noise?.size ?? 0,
    conditionShape: data.inputShape,
  })
  await translation.start(generator.draw)
  if ((await generator.improve()) === 'cpu') {
    const slow = element('slow', HTMLParagraphElement)
    slow.hidden = false
    slow.textContent = translateWord('slow')
  }
}

/** @param {unknown} error */
const fail = error => {
  work.hidden = true
  announce(translateWord('error', { reason: error instanceof Error ? error.message : String(error) }))
}

translatePage()
work.hidden = false
work.inert = false
addEventListener('unhandledrejection', ({ reason }) => fail(reason))
start().catch(fail)
