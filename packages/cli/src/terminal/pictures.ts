import { GankitError, isGankitError, sizeOfShape } from '@gankit/core'
import type { Samples } from '@gankit/inference'
import {
  type ColorSupport,
  detectColor,
  detectPictures,
  encodePng,
  inlinePicture,
  type Picture,
  type PictureProtocol,
  scatterPlot,
  terminalPreview,
  tileGrid,
} from '@gankit/visualization'
import { readPicturesChoice } from './pictures-choice.ts'

/** Lines of a preview in a terminal, and the least that show something. */
export const previewRows = 18
export const minPreviewRows = 6

/** Which colors a stream can show, by the conventions of NO_COLOR, FORCE_COLOR, COLORTERM and TERM. */
export function detectColors(stream: NodeJS.WriteStream): ColorSupport {
  return detectColor({ isTTY: stream.isTTY, env: process.env })
}

/** How pictures are shown on a stream: as GANKIT_PICTURES says, else as the terminal announces. */
export function detectProtocol(stream: NodeJS.WriteStream): PictureProtocol {
  return detectPictures({ isTTY: stream.isTTY, env: process.env }, readPicturesChoice(process.env))
}

/** A picture as characters for a terminal, as wide as the terminal is. */
export function previewPicture(
  pixels: Parameters<typeof terminalPreview>[0],
  stream: NodeJS.WriteStream,
  rows: number = previewRows,
): string {
  return terminalPreview(pixels, { columns: stream.columns || 80, rows, color: detectColors(stream) })
}

/** By how much pixels of a sample are enlarged: small samples are easier to see at twice their size. */
export function gridScale([, width]: readonly number[]): number {
  return width! < 48 ? 2 : 1
}

/** The least width of an animation in pixels: a few small samples would be hard to see. */
const minAnimationWidth = 320

/** The same for the tiles of an animation, of which there may be few. */
export function animationScale(sampleShape: readonly number[], count: number): number {
  const across = Math.ceil(Math.sqrt(count))
  return Math.max(gridScale(sampleShape), Math.floor(minAnimationWidth / (across * sampleShape[1]!)))
}

/** Samples as something to look at: a picture, or lines of text. */
export type SamplesPicture =
  | {
      readonly kind: 'picture'
      readonly picture: Picture
      readonly preview: Picture | ImageSamples
      /** The same without pixels, where it was drawn as lines. */
      readonly svg?: string
    }
  | { readonly kind: 'text'; readonly text: string }

interface ImageSamples {
  readonly samples: Float32Array
  readonly sampleShape: readonly number[]
}

/**
 * Samples of any kind as something to look at: images as a grid, points on a line or in the plane as a plot, tokens as a
 * line each, anything else as numbers. Samples that can't be drawn, as after training diverged, give a text that says why:
 * this function never throws, so that a picture ends no run.
 */
export function drawSamplesPicture({ samples, sampleShape }: Samples): SamplesPicture {
  try {
    if (samples instanceof Float32Array && isImage(sampleShape))
      return {
        kind: 'picture',
        picture: tileGrid({ samples, sampleShape, scale: gridScale(sampleShape) }),
        preview: { samples, sampleShape },
      }
    if (samples instanceof Float32Array && isPoint(sampleShape)) {
      const picture = scatterPlot({ points: samples, dimensions: sampleShape[0]! })
      return { kind: 'picture', picture, preview: picture }
    }
    return { kind: 'text', text: formatRows(samples, sampleShape) }
  } catch (error) {
    if (!isGankitError(error)) throw error
    return { kind: 'text', text: `${error.message}\n` }
  }
}

/** Whether samples of this shape have a picture: images and points do. */
export function hasPicture(sampleShape: readonly number[]): boolean {
  return isImage(sampleShape) || isPoint(sampleShape)
}

/** Whether samples of this shape are images, in gray or in colors. */
export function isImage(sampleShape: readonly number[]): boolean {
  return sampleShape.length === 3 && [1, 3].includes(sampleShape[2]!)
}

/**
 * @param what what is to be made of them: 'an animation'
 * @throws GankitError for samples that are no images
 */
export function checkImages(source: string, sampleShape: readonly number[], what: string): void {
  if (isImage(sampleShape)) return
  throw new GankitError(
    'cli',
    'option',
    `${source} makes samples of the shape ${sampleShape.join('×')}, expected pictures, height×width×channels with 1 or 3 channels, for ${what}: 'gankit sample ${source} --out samples.txt' writes any`,
  )
}

/** Whether samples of this shape are points on a line or in the plane. */
export function isPoint(sampleShape: readonly number[]): boolean {
  return sampleShape.length === 1 && [1, 2].includes(sampleShape[0]!)
}

/** Numbers of a sample that are written as text, at most. */
const maxNumbers = 64

/** A line for each sample: its numbers, one after the other. */
function formatRows(samples: Float32Array | Int32Array, sampleShape: readonly number[]): string {
  const size = sizeOfShape(sampleShape)
  const lines: string[] = []
  for (let from = 0; from < samples.length; from += size) {
    const shown = Array.from(samples.subarray(from, from + Math.min(size, maxNumbers)), value =>
      Number.isInteger(value) ? String(value) : value.toFixed(3),
    )
    lines.push(`${shown.join(' ')}${size > maxNumbers ? ' …' : ''}\n`)
  }
  return lines.join('')
}

/** What a file of samples holds: a PNG, or text. */
export function encodeSamplesPicture(drawn: SamplesPicture): Uint8Array | string {
  return drawn.kind === 'picture' ? encodePng(drawn.picture) : drawn.text
}

/** Samples for a terminal, with empty lines behind them; nothing where pictures go to a pipe or a file. */
export function previewSamples(drawn: SamplesPicture, stream: NodeJS.WriteStream): string {
  if (drawn.kind === 'text') return `${drawn.text.trimEnd().split('\n').slice(0, previewRows).join('\n')}\n\n`
  const shown = showPicture(drawn.picture, stream, { preview: drawn.preview })
  return shown && `${shown}\n\n`
}

interface ShowOptions {
  /** What is better to see in few characters. Default: the picture. */
  readonly preview?: Picture | ImageSamples
  /** Lines of characters. Default: those of a preview. */
  readonly rows?: number
}

/** A picture for a terminal, in pixels or in characters; nothing where pictures go to a pipe or a file. */
export function showPicture(
  picture: Picture,
  stream: NodeJS.WriteStream,
  { preview = picture, rows }: ShowOptions = {},
): string {
  const protocol = detectProtocol(stream)
  if (protocol === 'none') return ''
  return protocol === 'blocks'
    ? previewPicture(preview, stream, rows)
    : inlinePicture(picture, { protocol, ...inlineRoom(stream) })
}

/** Characters that a picture of pixels may take, which is sharp at a larger size than one of characters. */
export function inlineRoom({ columns, rows }: NodeJS.WriteStream): {
  readonly columns: number
  readonly rows: number
} {
  return { columns: columns || 80, rows: Math.max(minPreviewRows, Math.min(30, (rows || 24) - 6)) }
}
