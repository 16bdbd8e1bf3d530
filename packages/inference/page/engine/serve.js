import { openGenerator } from './generator.js'

/**
 * What a worker is asked, and what it answers.
 * @typedef {{ id: number, kind: 'open', parts: import('./generator.js').Parts }
 *   | { id: number, kind: 'draw', inputs: import('./generator.js').Input[] } | { id: number, kind: 'improve' }} Question
 * @typedef {{ id: number, value?: Uint8ClampedArray<ArrayBuffer>[] | string, error?: string }} Answer
 */

/** @type {import('./generator.js').Generator | undefined} */
let generator

/** @param {Question} question */
const answer = async question => {
  if (question.kind === 'open') generator = await openGenerator(question.parts)
  else if (question.kind === 'draw') return await generator?.draw(question.inputs)
  else return await generator?.improve()
  return undefined
}

// The same script runs in a worker, and in the page where there are no workers.
if (typeof document === 'undefined') {
  const worker = /** @type {Worker} */ (/** @type {unknown} */ (globalThis))
  worker.addEventListener('message', async ({ data }) => {
    const { id } = /** @type {Question} */ (data)
    try {
      const value = await answer(data)
      worker.postMessage({ id, value }, Array.isArray(value) ? value.map(({ buffer }) => buffer) : [])
    } catch (error) {
      worker.postMessage({ id, error: error instanceof Error ? error.message : String(error) })
    }
  })
} else Reflect.set(globalThis, 'openGenerator', openGenerator)
