import { readPageData } from './element.js'

/**
 * @typedef {{ name: string, values: string[], shares?: number[] }} Attribute
 * @typedef {{ size: number, prior:
 *   { name: 'normal', mean: number, std: number } | { name: 'uniform', min: number, max: number } }} Latent
 * @typedef {import('./engine/generator.js').Input} Input of one sample, whose `condition` are one-hot numbers [Σ values], empty
 *   for a generator without attributes
 * @typedef {{
 *   model: object, weightSpecs: object[], noise: Latent, condition?: { attributes: Attribute[] },
 *   sampleShape: [number, number, number], count: number, seed: number
 * }} Data `sampleShape` [height, width, channels]; `count` samples in the grid
 */

/** @type {Data} */
export const data = readPageData()

export const attributes = data.condition?.attributes ?? []
