import { createConditionListsForAll } from './conditions.js'
import { attributes, data } from './data.js'
import { element } from './element.js'
import { paint } from './generator.js'
import { drawInputs } from './random.js'
import { fileName, joinTiles, saveCanvas } from './save.js'
import { translateWord } from './words.js'

/** Milliseconds that a piece of the grid may take: the picture beside it waits for no more. */
const pieceMilliseconds = 40
/** Samples of a piece, at most. */
const maxPiece = 16

/**
 * The grid of samples of a seed.
 * @param {(i: number) => void} onChoose when the reader chooses a sample
 * @param {() => void} onInputs when there are new inputs, and the first of their samples is there
 */
export const createGallery = (onChoose, onInputs) => {
  const tiles = element('tiles', HTMLDivElement)
  const seed = element('seed', HTMLInputElement)
  const status = element('status', HTMLOutputElement)
  const save = element('save-grid', HTMLButtonElement)
  const again = element('again', HTMLParagraphElement)
  const [height, width] = data.sampleShape
  const canvases = Array.from({ length: data.count }, (_, i) => {
    const tile = document.createElement('button')
    const canvas = document.createElement('canvas')
    tile.type = 'button'
    tile.className = 'waiting'
    tile.setAttribute('aria-label', translateWord('sample', { n: i + 1 }))
    // Until it is drawn, its place has its shape.
    canvas.width = width
    canvas.height = height
    tile.append(canvas)
    tile.addEventListener('click', () => onChoose(i))
    tiles.append(tile)
    return canvas
  })
  /** @type {((inputs: import('./data.js').Input[]) => Promise<ImageData[]>) | undefined} */
  let draw
  /** @type {import('./data.js').Input[]} */
  let inputs = []

  const show = async () => {
    if (!draw) return
    const current = drawInputs(data.noise, attributes, data.count, seed.valueAsNumber)
    for (const { condition } of current) forAll?.set(condition)
    inputs = current
    showCommand()
    tiles.setAttribute('aria-busy', 'true')
    save.disabled = true
    for (const canvas of canvases) canvas.parentElement?.classList.add('waiting')
    const start = performance.now()
    let piece = 1
    for (let from = 0; from < data.count; ) {
      status.textContent = translateWord('drawing', { done: from, count: data.count })
      const begun = performance.now()
      const pictures = await draw(current.slice(from, from + piece))
      // The reader chose another seed meanwhile.
      if (inputs !== current) return
      for (const [i, picture] of pictures.entries()) {
        const canvas = canvases[from + i]
        if (!canvas) continue
        paint(canvas, picture)
        canvas.parentElement?.classList.remove('waiting')
      }
      if (from === 0) onInputs()
      from += pictures.length
      const each = (performance.now() - begun) / pictures.length
      piece = Math.min(maxPiece, Math.max(1, Math.floor(pieceMilliseconds / each)))
    }
    status.textContent = translateWord('drawn', {
      count: data.count,
      ms: Math.round(performance.now() - start),
    })
    tiles.setAttribute('aria-busy', 'false')
    save.disabled = false
  }

  /** Says by which command these samples can be drawn again. */
  const showCommand = () => {
    const chosen = forAll?.text()
    const flags = `--seed ${seed.valueAsNumber}${chosen ? ` --attributes ${chosen}` : ''}`
    const [before = '', after = ''] = translateWord('again').split('{command}')
    const code = document.createElement('code')
    code.textContent = `gankit sample … ${flags}`
    again.replaceChildren(before, code, after)
  }

  const forAll =
    attributes.length > 0
      ? createConditionListsForAll(
          element('for-all', HTMLDivElement),
          () => void show(),
          translateWord('any'),
        )
      : undefined
  showCommand()
  seed.addEventListener('change', () => {
    if (!Number.isSafeInteger(seed.valueAsNumber) || seed.valueAsNumber < 0) seed.valueAsNumber = 0
    void show()
  })
  element('new', HTMLButtonElement).addEventListener('click', () => {
    seed.valueAsNumber += 1
    void show()
  })
  save.addEventListener('click', () =>
    saveCanvas(joinTiles(canvases), `${fileName()}-seed-${seed.valueAsNumber}`),
  )
  return {
    /** Draws the grid, and draws by this function from now on. @param {NonNullable<typeof draw>} by */
    start: by => {
      draw = by
      return show()
    },
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
