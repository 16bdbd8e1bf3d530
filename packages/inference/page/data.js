/**
 * @typedef {{ name: string, values: string[], shares?: number[] }} Attribute
 * @typedef {{ size: number, prior:
 *   { name: 'normal', mean: number, std: number } | { name: 'uniform', min: number, max: number } }} Latent
 * @typedef {{ noise: Float32Array, condition: Float32Array }} Input of one sample: `noise` [noise.size], `condition`
 *   one-hot numbers [Σ values], empty for a generator without attributes
 * @typedef {{
 *   model: object, weightSpecs: object[], noise: Latent, condition?: { attributes: Attribute[] },
 *   sampleShape: [number, number, number], count: number, seed: number
 * }} Data `sampleShape` [height, width, channels]; `count` samples in the grid
 */

/** @type {Data} */
export const data = JSON.parse(document.getElementById('generator-data')?.textContent ?? '')

export const attributes = data.condition?.attributes ?? []

/**
 * The element of an id that the page is known to have.
 * @template {HTMLElement} T @param {string} id @param {new () => T} kind @returns {T}
 */
export const element = (id, kind) => {
  const found = document.getElementById(id)
  if (!(found instanceof kind)) throw new Error(`no #${id}`)
  return found
}
