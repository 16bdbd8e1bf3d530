/**
 * @typedef {{ name: string, values: string[], shares?: number[] }} Condition
 * @typedef {{ size: number, conditions?: Condition[], prior:
 *   { name: 'normal', mean: number, std: number } | { name: 'uniform', min: number, max: number } }} Latent
 * @typedef {{
 *   model: object, weightSpecs: object[], weights: string, wasm: string, latent: Latent,
 *   sampleShape: [number, number, number], count: number, seed: number
 * }} Data `weights` and TensorFlow.js's `wasm` in base64; `sampleShape` [height, width, channels]; `count` samples in the grid
 */

/** @type {Data} */
export const data = JSON.parse(document.getElementById('generator-data')?.textContent ?? '')

/**
 * The element of an id. @throws if the page has none of this kind
 * @template {HTMLElement} T @param {string} id @param {new () => T} kind @returns {T}
 */
export const element = (id, kind) => {
  const found = document.getElementById(id)
  if (!(found instanceof kind)) throw new Error(`no #${id}`)
  return found
}
