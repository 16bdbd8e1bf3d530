import { join } from 'node:path'
import { decodeWords, GankitError } from '@gankit/core'
import { writeFileAtomic, writeFolderAtomic } from '@gankit/core/node'
import {
  drawInputs,
  findCaptions,
  type InputNumbers,
  parseAttributes,
  type Samples,
  type SavedGenerator,
  sample,
  setConditions,
} from '@gankit/inference'
import { encodePng, samplePictures } from '@gankit/visualization'
import { drawing } from '../terminal/filter.ts'
import { blameFlag } from '../terminal/flag-names.ts'
import { formatPlural } from '../terminal/format.ts'
import { drawSamplesPicture, encodeSamplesPicture, isImage, previewSamples } from '../terminal/pictures.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { checkDrawn } from './drawn-inputs.ts'
import { openSource, type SourceOptions } from './find.ts'
import { checkNewFolder } from './new-folder.ts'

/** What was typed behind `gankit sample`. */
export interface SampleFlags extends SourceOptions {
  readonly count: number
  readonly seed: number
  /** 'glasses=none,hair-color=red' */
  readonly attributes?: string
  /** The file for a grid. */
  readonly out?: string
  /** The folder for single samples. */
  readonly each?: string
}

/**
 * Draws samples and shows some; writes them as one picture or text, and each as a picture.
 * @throws GankitError for bad input
 */
export async function writeSamples(
  name: string,
  { count, seed, attributes, out, each, ...which }: SampleFlags,
  { out: stdout }: Terminal,
): Promise<void> {
  if (out === undefined && each === undefined)
    throw new GankitError(
      'cli',
      'option',
      'got neither --out nor --each, expected one or both: --out samples.png for a grid, --each samples for single pictures',
    )
  if (each !== undefined) await checkNewFolder('--each', each)
  const chosen =
    attributes === undefined
      ? undefined
      : await blameFlag('--attributes', attributes, () => parseAttributes(attributes))
  const opened = await openSource(name, which)
  checkDrawn(opened, 'samples')
  const { source, generator } = opened
  const inputs = drawInputs(generator, count, seed)
  if (chosen) await blameFlag('--attributes', attributes!, () => setConditions(inputs, generator, chosen))
  const samples = await sample(generator, inputs, { seed })
  generator.dispose()
  const captions = readDrawnCaptions(generator, inputs)
  const files = each === undefined ? {} : encodeEach(samples, captions)
  const drawn = drawSamplesPicture(samples)
  if (out !== undefined) await writeFileAtomic(out, encodeSamplesPicture(drawn))
  if (each !== undefined) await writeFolderAtomic(each, files)
  stdout.write(drawing(previewSamples(drawn, stdout)))
  if (captions) stdout.write(`${listCaptions(captions)}\n`)
  const places = [out, each && join(each, Object.keys(files)[0]!)].filter(place => place !== undefined)
  stdout.write(
    `${formatPlural(count, 'sample')} of ${source}, seed ${seed}: ${places.join(', ')}${count > 1 && each ? ' …' : ''}\n`,
  )
}

/** The captions that samples were drawn of; undefined where they are told something else. */
function readDrawnCaptions(
  generator: SavedGenerator,
  { count, condition }: InputNumbers,
): readonly string[] | undefined {
  const captions = findCaptions(generator)
  if (!captions) return undefined
  const { length } = captions
  return Array.from({ length: count }, (_, i) =>
    decodeWords(captions.words, condition!.subarray(i * length, (i + 1) * length)),
  )
}

/** Captions that are listed; the others are counted. */
const maxListed = 16

/** Captions of samples, row by row, with the numbers of the samples. */
function listCaptions(captions: readonly string[]): string {
  const digits = String(Math.min(captions.length, maxListed) - 1).length
  const lines = captions
    .slice(0, maxListed)
    .map((caption, i) => `${String(i).padStart(digits)}  ${caption}\n`)
  const left = captions.length - lines.length
  return `${lines.join('')}${left > 0 ? `… and ${formatPlural(left, 'more caption')}: --each FOLDER writes all\n` : ''}`
}

/**
 * Samples as files, each at its own size; and their captions, as `--captions` reads them.
 * @throws GankitError for samples that are no pictures
 */
function encodeEach(
  { samples, sampleShape }: Samples,
  captions: readonly string[] | undefined,
): Record<string, Uint8Array | string> {
  if (!isImage(sampleShape) || !(samples instanceof Float32Array))
    throw new GankitError(
      'cli',
      'option',
      `--each writes pictures, and a sample has the shape ${sampleShape.join('×')}, expected height×width×channels: use --out`,
    )
  const pictures = samplePictures({ samples, sampleShape })
  const digits = Math.max(4, String(pictures.length - 1).length)
  const name = (i: number) => `${String(i).padStart(digits, '0')}.png`
  const lines = captions?.map((caption, i) => `${name(i)}\t${caption}\n`)
  return {
    ...Object.fromEntries(pictures.map((picture, i) => [name(i), encodePng(picture)])),
    ...(lines && { 'captions.tsv': lines.join('') }),
  }
}
