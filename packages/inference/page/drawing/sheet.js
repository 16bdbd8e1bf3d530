import { element } from '../element.js'
import { coverLine, layColor } from './brush.js'
import { data, labels, paper } from './data.js'
import { fillArea } from './fill.js'
import { createHistory } from './history.js'
import { plainPixels } from './pixels.js'

/**
 * The drawing: pixels of the generator's input, on a canvas, with what was before.
 * @param {() => void} onChange after every change, in the middle of strokes too
 */
export const createSheet = onChange => {
  const canvas = element('drawing', HTMLCanvasElement)
  const [height, width] = data.inputShape
  const context = canvas.getContext('2d')
  const image = new ImageData(plainPixels(height * width, paper), width, height)
  const history = createHistory(image.data.slice())
  /** The stroke that is being drawn. @type {{ mask: Float32Array, last: import('./brush.js').Place } | undefined} */
  let stroke

  const show = () => {
    context?.putImageData(image, 0, 0)
    onChange()
  }
  const commit = () => {
    if (history.current().some((value, i) => value !== image.data[i])) history.add(image.data.slice())
    show()
  }
  const cancel = () => {
    stroke = undefined
    image.data.set(history.current())
  }
  return {
    canvas,
    pixels: () => image.data,
    history,
    isBlank: () => image.data.every((value, i) => i % 4 === 3 || value === paper[i % 4]),
    /** @param {import('./brush.js').Place} place */
    begin: place => {
      cancel()
      stroke = { mask: new Float32Array(height * width), last: place }
    },
    /** Draws on to a place. @param {import('./brush.js').Place} place @param {number} radius @param {import('./data.js').Color} color */
    extend: (place, radius, color) => {
      if (!stroke) return
      coverLine(stroke.mask, width, stroke.last, place, radius, labels.length === 0)
      stroke.last = place
      layColor(image.data, history.current(), stroke.mask, color)
      show()
    },
    isDrawing: () => stroke !== undefined,
    end: () => {
      if (!stroke) return
      stroke = undefined
      commit()
    },
    /** @param {import('./brush.js').Place} place @param {import('./data.js').Color} color */
    fill: (place, color) => {
      cancel()
      fillArea(image.data, width, place, color)
      commit()
    },
    /** @param {Uint8ClampedArray} pixels */
    replace: pixels => {
      cancel()
      image.data.set(pixels)
      commit()
    },
    clear: () => {
      cancel()
      image.data.set(plainPixels(height * width, paper))
      commit()
    },
    /** Goes back or forth; a stroke that isn't done is dropped. @param {-1 | 1} step */
    go: step => {
      const wasDrawing = stroke !== undefined
      if (!(wasDrawing && step < 0)) history.go(step)
      cancel()
      show()
    },
  }
}
