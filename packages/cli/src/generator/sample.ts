import { join } from 'node:path'
import { GankitError } from '@gankit/core'
import { writeFileAtomic, writeFolderAtomic } from '@gankit/core/node'
import { drawInputs, parseAttributes, type Samples, sample, setConditions } from '@gankit/inference'
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
  const files = each === undefined ? {} : encodeEach(samples)
  const drawn = drawSamplesPicture(samples)
  if (out !== undefined) await writeFileAtomic(out, encodeSamplesPicture(drawn))
  if (each !== undefined) await writeFolderAtomic(each, files)
  stdout.write(drawing(previewSamples(drawn, stdout)))
  const places = [out, each && join(each, Object.keys(files)[0]!)].filter(place => place !== undefined)
  stdout.write(
    `${formatPlural(count, 'sample')} of ${source}, seed ${seed}: ${places.join(', ')}${count > 1 && each ? ' …' : ''}\n`,
  )
}

/** Samples as files, each at its own size. @throws GankitError for samples that are no pictures */
function encodeEach({ samples, sampleShape }: Samples): Record<string, Uint8Array> {
  if (!isImage(sampleShape) || !(samples instanceof Float32Array))
    throw new GankitError(
      'cli',
      'option',
      `--each writes pictures, and a sample has the shape ${sampleShape.join('×')}, expected height×width×channels: use --out`,
    )
  const pictures = samplePictures({ samples, sampleShape })
  const digits = Math.max(4, String(pictures.length - 1).length)
  return Object.fromEntries(
    pictures.map((picture, i) => [`${String(i).padStart(digits, '0')}.png`, encodePng(picture)]),
  )
}
