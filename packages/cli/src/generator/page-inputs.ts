import { type Dataset, GankitError, type ImageCondition, type Skipped } from '@gankit/core'
import { type CartoonStyle, cartoonLabels, resizePicture } from '@gankit/datasets'
import { dataKinds, parseSpec, readWholePictures } from '@gankit/datasets/node'
import {
  listStreams,
  type PlannedData,
  readSamples,
  type StreamConfig,
  splitDataset,
} from '@gankit/experiment'
import { readRun } from '@gankit/experiment/node'
import type { DrawingKind, DrawingPageOptions } from '@gankit/inference/node'
import { encodePng, type Picture, samplePictures } from '@gankit/visualization'
import { openData } from '../data/open.ts'
import type { GeneratorSource } from './find.ts'
import { findLearnedFrom } from './learned-from.ts'
import { describeSkipped } from './skipped-pictures.ts'

/** Inputs that a page has to start from. */
const exampleCount = 8

/** Where the pictures that a generator learned to translate come from. */
interface InputStream extends PlannedData {
  readonly name: string
  /** What they were, where a run says so. */
  readonly dataset?: StreamConfig['dataset']
}

/** What reading reports to, and is stopped by. */
export interface ReadingContext {
  readonly stream: NodeJS.WriteStream
  readonly signal: AbortSignal
}

/**
 * What a page for drawing is made of: how inputs look, and some to start from, which training has not seen where some were held out.
 * Where the data can't be read any more, a warning says so, and the page has none.
 * @param examples a file, folder or zip of pictures in place of the generator's own inputs; false for none at all
 * @throws GankitError for a path without pictures
 */
export async function readPageInputs(
  source: string,
  from: GeneratorSource,
  { shape }: ImageCondition,
  examples: string | boolean,
  context: ReadingContext,
): Promise<DrawingPageOptions & { readonly data?: string }> {
  const planned = await findStreams(source, from)
  const pictures =
    typeof examples === 'string'
      ? await readOwn(examples, shape, context.stream)
      : examples && planned
        ? await readInputs(planned.input, shape, context)
        : []
  return {
    input: describeDrawing(planned?.input) ?? guessDrawing(pictures),
    examples: pictures.map(picture => encodePng(picture)),
    ...(planned && { data: describeData(planned.all) }),
  }
}

/** The streams of a run or an app whose generator is given samples of one of them. */
async function findStreams(
  source: string,
  from: GeneratorSource,
): Promise<{ readonly input: InputStream; readonly all: readonly PlannedData[] } | undefined> {
  // A page needs no configuration: of one that can't be read it has no inputs.
  const config = from.kind === 'run' ? (await readRun(source)).config : undefined
  if (from.kind === 'run' && !config) return undefined
  const learned = await findLearnedFrom(source, from, config)
  const name = learned?.ends.from
  if (!learned || name === undefined) return undefined
  const streams = listStreams<PlannedData & Partial<StreamConfig>>(learned.data)
  const [, input] = streams.find(([stream]) => stream === name) ?? []
  return input && { input: { name, ...input }, all: streams.map(([, data]) => data) }
}

/** Inputs of a generator, of its test if it has one. */
async function readInputs(
  { name, data, dataOptions, dataset: was }: InputStream,
  shape: ImageCondition['shape'],
  { stream, signal }: ReadingContext,
): Promise<Picture[]> {
  let dataset: Dataset | undefined
  try {
    dataset = await openData(data, dataOptions, { stream, signal, name, readsFew: true })
    if (String(dataset.sampleShape) !== String(shape)) {
      stream.write(
        `Warning  the samples of ${name} are ${dataset.sampleShape.join('×')} now, and the generator takes ${shape.join('×')}: the page has none to start from; name pictures by --examples\n`,
      )
      return []
    }
    const isSame = was === undefined || was.size === dataset.size
    const part = (isSame && splitDataset(name, dataset)?.test) || dataset
    const count = Math.min(exampleCount, part.size)
    return samplePictures({ samples: await readSamples(part, count), sampleShape: shape })
  } catch (error) {
    if (signal.aborted || !(error instanceof GankitError)) throw error
    stream.write(
      `Warning  the page has no inputs to start from: ${error.message.replace(/^\[[^\]]*\] /, '')}; name pictures by --examples\n`,
    )
    return []
  } finally {
    await dataset?.close?.()
  }
}

/** The first pictures of a path, at the size of an input. @throws GankitError where there are none */
async function readOwn(
  path: string,
  [height, width, channels]: ImageCondition['shape'],
  stream: NodeJS.WriteStream,
): Promise<Picture[]> {
  const pictures: Picture[] = []
  const skipped: Skipped[] = []
  for await (const { pixels } of readWholePictures(path, channels as 1 | 3, one => skipped.push(one))) {
    const isSized = pixels.width === width && pixels.height === height
    // Lines and labels stay as they are where nothing has to shrink.
    const data = isSized ? pixels.data : resizePicture(pixels, { height, width, resize: 'lanczos3' })
    pictures.push({ width, height, channels: channels as 1 | 3, data: new Uint8Array(data) })
    if (pictures.length === exampleCount) break
  }
  const lacking = describeSkipped(skipped)
  if (lacking && pictures.length > 0) stream.write(`Warning  ${lacking}\n`)
  if (pictures.length === 0)
    throw new GankitError(
      'cli',
      'data',
      `--examples is ${path}, which has no pictures${lacking && `: ${lacking}`}, expected some to start from: leave it out, or give --no-examples for none`,
    )
  return pictures
}

/** How one draws an input of data that are known. */
function describeDrawing(stream: PlannedData | undefined): DrawingKind | undefined {
  if (!stream) return undefined
  const { kind } = parseSpec(stream.data)
  if (kind === 'birds') return { kind: 'pictures' }
  if (kind !== 'cartoon') return undefined
  const { drawing, style = 'personas' } = stream.dataOptions
  if (drawing === 'labels') return { kind: 'labels', palette: cartoonLabels(style as CartoonStyle) }
  return drawing === 'edges' ? blackOnWhite : { kind: 'pictures' }
}

const [black, white] = [
  [0, 0, 0],
  [255, 255, 255],
] as const
const blackOnWhite: DrawingKind = { kind: 'lines', ink: black, paper: white }

/** Colors of a label map, at most. */
const maxLabels = 32
/** The share of pixels of one color that makes a picture a sheet of paper. */
const paperShare = 0.5
/** Levels by which channels may differ in what is still gray. */
const grayLevels = 8

/** How one draws inputs that look like these: lines are gray on a white or black sheet, label maps have few colors. */
function guessDrawing(pictures: readonly Picture[]): DrawingKind {
  const counts = new Map<number, number>()
  let [total, colored] = [0, 0]
  for (const { data, channels } of pictures)
    for (let at = 0; at < data.length; at += channels) {
      const [red, green, blue] = [0, 1, 2].map(c => data[at + Math.min(c, channels - 1)]!) as [
        number,
        number,
        number,
      ]
      const color = (red << 16) | (green << 8) | blue
      counts.set(color, (counts.get(color) ?? 0) + 1)
      total++
      if (Math.max(red, green, blue) - Math.min(red, green, blue) > grayLevels) colored++
    }
  const isPaper = (color: number) => (counts.get(color) ?? 0) > paperShare * total
  if (total > 0 && colored === 0) {
    if (isPaper(0xffffff)) return blackOnWhite
    if (isPaper(0)) return { kind: 'lines', ink: white, paper: black }
  }
  if (counts.size < 2 || counts.size > maxLabels) return { kind: 'pictures' }
  const colors = [...counts].sort(([, a], [, b]) => b - a).map(([color]) => color)
  return {
    kind: 'labels',
    palette: colors.map(color => ({
      name: `#${color.toString(16).padStart(6, '0')}`,
      color: [color >> 16, (color >> 8) & 255, color & 255],
    })),
  }
}

/** The specs of data; of those on this machine only their kind, as the path isn't told. */
function describeData(all: readonly PlannedData[]): string {
  const specs = all.map(({ data }) => {
    const { kind } = parseSpec(data)
    return dataKinds[kind].argument === 'PATH' ? kind : data
  })
  return [...new Set(specs)].join(', ')
}
