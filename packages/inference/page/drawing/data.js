import { readPageData } from '../element.js'

/**
 * @typedef {[red: number, green: number, blue: number]} Color from 0 to 255
 * @typedef {{ kind: 'lines', ink: Color, paper: Color } | { kind: 'labels', palette: { name: string, color: Color }[] }
 *   | { kind: 'pictures' }} DrawingKind
 * @typedef {{
 *   model: object, weightSpecs: object[], noise?: import('../data.js').Latent,
 *   inputShape: [number, number, number], sampleShape: [number, number, number],
 *   input: DrawingKind, examples: string[]
 * }} DrawingData shapes are [height, width, channels]; `examples` are PNG files in base64
 */

/** @type {DrawingData} */
export const data = readPageData()

/** Colors of labels; none where something else is drawn. */
export const labels = data.input.kind === 'labels' ? data.input.palette.map(({ color }) => color) : []

/** The color of an empty sheet. @type {Color} */
export const paper = (data.input.kind === 'lines' ? data.input.paper : labels[0]) ?? [255, 255, 255]
