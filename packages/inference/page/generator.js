import { element } from './element.js'
import { unpack } from './packed.js'

/**
 * @typedef {import('./engine/generator.js').Input} Input
 * @typedef {{ draw: (inputs: Input[]) => Promise<ImageData[]>, improve: () => Promise<string> }} Generator
 *   `improve` changes to the graphics card where that is faster, and gives the name of the backend
 */

/** Waits until the page is there: scripts run before the weights, which stand below them. */
export const afterLoading = async () => {
  if (document.readyState === 'loading')
    await new Promise(resolve => document.addEventListener('DOMContentLoaded', resolve, { once: true }))
}

/**
 * Opens the generator in a worker, or in the page's own thread where there are no workers.
 * @param {{ model: object, weightSpecs: object[], sampleShape: [number, number, number] }} data
 * @param {Pick<import('./engine/generator.js').Parts, 'noiseSize' | 'conditionShape'>} takes what goes in
 * @returns {Promise<Generator>}
 */
export const startGenerator = async ({ model, weightSpecs, sampleShape }, takes) => {
  /** @param {string} id */
  const read = id => element(id, HTMLScriptElement).text
  const script = await unpack(read('engine'))
  const parts = {
    model,
    weightSpecs,
    weights: read('weights'),
    wasm: read('wasm'),
    sampleShape,
    ...takes,
  }
  const { draw, improve } = await openInWorker(script, parts).catch(() => openInPage(script, parts))
  return {
    draw: async inputs => {
      // A view would take along all the noise that it is a part of.
      const own = inputs.map(input => ({ noise: input.noise.slice(), condition: input.condition.slice() }))
      return (await draw(own)).map(pixels => new ImageData(pixels, sampleShape[1], sampleShape[0]))
    },
    improve,
  }
}

/**
 * @param {Uint8Array<ArrayBuffer>} script @param {import('./engine/generator.js').Parts} parts
 * @returns {Promise<import('./engine/generator.js').Generator>}
 */
const openInWorker = async (script, parts) => {
  const worker = new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })))
  /**
   * What was asked and has no answer yet, by its number.
   * @type {Map<number, { resolve: (value: any) => void, reject: (error: Error) => void }>}
   */
  const waiting = new Map()
  let count = 0
  worker.addEventListener('message', ({ data: answered }) => {
    const { id, value, error } = /** @type {import('./engine/serve.js').Answer} */ (answered)
    const request = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) request?.resolve(value)
    else request?.reject(new Error(error))
  })
  worker.addEventListener('error', event => {
    event.preventDefault()
    for (const request of waiting.values()) request.reject(new Error(event.message || 'the worker ended'))
    waiting.clear()
  })
  /** @param {object} question @returns {Promise<any>} */
  const ask = question =>
    new Promise((resolve, reject) => {
      waiting.set(count, { resolve, reject })
      worker.postMessage({ id: count++, ...question })
    })
  await ask({ kind: 'open', parts })
  return {
    draw: inputs => ask({ kind: 'draw', inputs }),
    improve: () => ask({ kind: 'improve' }),
  }
}

/**
 * @param {Uint8Array<ArrayBuffer>} script @param {import('./engine/generator.js').Parts} parts
 * @returns {Promise<import('./engine/generator.js').Generator>}
 */
const openInPage = async (script, parts) => {
  const tag = document.createElement('script')
  // The page's policy allows this text, by its hash.
  tag.text = new TextDecoder().decode(script)
  document.head.append(tag)
  const { draw, improve } = await Reflect.get(globalThis, 'openGenerator')(parts)
  return {
    draw: async inputs => {
      // Between two pieces of work the page paints and hears its reader.
      await new Promise(resolve => setTimeout(resolve))
      return draw(inputs)
    },
    improve,
  }
}

/** @param {HTMLCanvasElement} canvas @param {ImageData} picture */
export const paint = (canvas, picture) => {
  canvas.width = picture.width
  canvas.height = picture.height
  canvas.getContext('2d')?.putImageData(picture, 0, 0)
}
