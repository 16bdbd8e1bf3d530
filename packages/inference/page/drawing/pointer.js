import { data } from './data.js'

/** The button of a pen's other end, as a bit of `buttons`. */
const penEraser = 32

/**
 * Draws on a sheet with mouse, finger, pen and keys, and shows where the brush is.
 * @param {ReturnType<typeof import('./sheet.js').createSheet>} sheet
 * @param {ReturnType<typeof import('./tools.js').createTools>} tools
 * @param {HTMLElement} ring
 */
export const drawByPointer = (sheet, tools, ring) => {
  const { canvas } = sheet
  const [height, width] = data.inputShape
  let isEraser = false

  /** @param {PointerEvent} event @returns {import('./brush.js').Place} */
  const placeOf = event => {
    const box = canvas.getBoundingClientRect()
    return [
      ((event.clientX - box.left) / box.width) * width,
      ((event.clientY - box.top) / box.height) * height,
    ]
  }
  /** @param {import('./brush.js').Place} place */
  const showRing = ([x, y]) => {
    const radius = Math.max(0.5, tools.radius(isEraser || undefined))
    ring.hidden = false
    ring.style.left = `${(100 * (x - radius)) / width}%`
    ring.style.top = `${(100 * (y - radius)) / height}%`
    ring.style.width = `${(200 * radius) / width}%`
    ring.style.height = `${(200 * radius) / height}%`
  }
  /** @param {import('./brush.js').Place} place @param {PointerEvent} [event] */
  const drawTo = (place, event) => {
    const eraser = isEraser || undefined
    // Half a pen's force gives the chosen width.
    const force = event?.pointerType === 'pen' && event.pressure > 0 ? 0.5 + event.pressure : 1
    sheet.extend(place, tools.radius(eraser) * force, tools.color(eraser))
  }

  canvas.addEventListener('pointerdown', event => {
    isEraser = (event.buttons & penEraser) !== 0
    if (!event.isPrimary || (event.button !== 0 && !isEraser)) return
    const place = placeOf(event)
    if (tools.isFill()) {
      sheet.fill(place, tools.color())
      return
    }
    canvas.setPointerCapture(event.pointerId)
    sheet.begin(place)
    drawTo(place, event)
  })
  canvas.addEventListener('pointermove', event => {
    if (!event.isPrimary) return
    if (event.pointerType === 'touch') ring.hidden = true
    else showRing(placeOf(event))
    if (!canvas.hasPointerCapture(event.pointerId)) return
    const all = event.getCoalescedEvents?.() ?? []
    for (const one of all.length > 0 ? all : [event]) drawTo(placeOf(one), one)
  })
  for (const name of /** @type {const} */ (['pointerup', 'pointercancel']))
    canvas.addEventListener(name, event => {
      if (event.isPrimary) sheet.end()
    })
  canvas.addEventListener('pointerleave', () => {
    ring.hidden = true
  })

  /** Where keys have moved the brush. @type {import('./brush.js').Place} */
  let at = [Math.floor(width / 2) + 0.5, Math.floor(height / 2) + 0.5]
  const unit = Math.max(1, Math.round(Math.min(height, width) / 64))
  /** @type {Record<string, [number, number]>} */
  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
  canvas.addEventListener('keydown', event => {
    const way = ways[event.key]
    if (way) {
      const step = event.shiftKey ? 4 * unit : unit
      const [x, y] = [at[0] + step * way[0], at[1] + step * way[1]]
      at = [Math.min(width - 0.5, Math.max(0.5, x)), Math.min(height - 0.5, Math.max(0.5, y))]
      drawTo(at)
    } else if (event.key === ' ' || event.key === 'Enter') {
      if (tools.isFill()) sheet.fill(at, tools.color())
      else if (sheet.isDrawing()) sheet.end()
      else {
        sheet.begin(at)
        drawTo(at)
      }
    } else return
    event.preventDefault()
    showRing(at)
  })
  canvas.addEventListener('blur', () => {
    ring.hidden = true
    sheet.end()
  })
}
