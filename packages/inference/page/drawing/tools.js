import { element } from '../element.js'
import { data, labels, paper } from './data.js'

/** Widths of brushes for an input of 64 pixels, in its pixels: fine, middle, thick. */
const widths = { lines: [1, 2, 3], eraser: [3, 6, 10], labels: [2, 5, 9] }

/** Marks one of some buttons as the chosen one. @param {HTMLButtonElement[]} buttons @param {HTMLButtonElement | undefined} chosen */
const press = (buttons, chosen) => {
  for (const button of buttons) button.setAttribute('aria-pressed', String(button === chosen))
}

/** @param {string} selector @returns {HTMLButtonElement[]} */
const listButtons = selector => Array.from(document.querySelectorAll(selector))

/** Brush, eraser, fill and colors; a page for pictures has none of them. */
export const createTools = () => {
  const [height, width] = data.inputShape
  const unit = Math.max(1, Math.min(height, width) / 64)
  const tools = listButtons('.tool')
  const sizes = listButtons('#sizes button')
  const colors = listButtons('#palette button')
  let tool = 'brush'
  let size = sizes.findIndex(button => button.getAttribute('aria-pressed') === 'true')
  let label = colors.findIndex(button => button.getAttribute('aria-pressed') === 'true')
  for (const button of tools)
    button.addEventListener('click', () => {
      tool = button.id
      press(tools, button)
    })
  for (const [i, button] of sizes.entries())
    button.addEventListener('click', () => {
      size = i
      press(sizes, button)
    })
  for (const [i, button] of colors.entries())
    button.addEventListener('click', () => {
      label = i
      press(colors, button)
    })
  return {
    isFill: () => tool === 'fill',
    /** @param {boolean} [isEraser] whether a pen is turned upside down */
    radius: (isEraser = tool === 'eraser') => {
      const kind = labels.length > 0 ? 'labels' : isEraser ? 'eraser' : 'lines'
      return ((widths[kind][size] ?? 1) * unit) / 2
    },
    /** @param {boolean} [isEraser] @returns {import('./data.js').Color} */
    color: (isEraser = tool === 'eraser') => {
      if (isEraser) return paper
      return data.input.kind === 'lines' ? data.input.ink : (labels[label] ?? paper)
    },
  }
}

/**
 * Undo, redo and clear, as buttons and as keys.
 * @param {ReturnType<typeof import('./sheet.js').createSheet>} sheet
 * @returns what shows whether there is anything to undo
 */
export const createSteps = sheet => {
  const [undo, redo] = [element('undo', HTMLButtonElement), element('redo', HTMLButtonElement)]
  undo.addEventListener('click', () => sheet.go(-1))
  redo.addEventListener('click', () => sheet.go(1))
  const clear = document.getElementById('clear')
  clear?.addEventListener('click', () => sheet.clear())
  document.addEventListener('keydown', event => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return
    const key = event.key.toLowerCase()
    if (key !== 'z' && key !== 'y') return
    event.preventDefault()
    sheet.go(key === 'y' || event.shiftKey ? 1 : -1)
  })
  return () => {
    undo.disabled = !sheet.history.canUndo() && !sheet.isDrawing()
    redo.disabled = !sheet.history.canRedo()
  }
}
