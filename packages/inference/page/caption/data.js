import { readPageData } from '../element.js'

/**
 * @typedef {{
 *   model: object, weightSpecs: object[], noise: import('../data.js').Latent, sampleShape: [number, number, number],
 *   words: string[], length: number, examples: string[], count: number, seed: number
 * }} CaptionData `words` by their numbers, of which 0 is none and 1 stands for all unknown ones; `length` of them in a caption at
 *   most; `count` drawings at once
 */

/** @type {CaptionData} */
export const data = readPageData()
