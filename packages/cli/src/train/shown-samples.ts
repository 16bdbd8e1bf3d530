import {
  type Batch,
  conditionShape,
  type Dataset,
  disposeBatch,
  GankitError,
  type Generator,
  lookUp,
} from '@gankit/core'
import type { App, RunConfig } from '@gankit/experiment'
import type { GivenInputs } from '@gankit/inference'
import type { Game } from '@gankit/trainer'
import { hasDrawnInputs } from '../generator/drawn-inputs.ts'
import { type PairMeasures, selectMeasures } from '../pairs/measure.ts'
import type { OpenStream } from './streams.ts'

/** The samples of a run that are shown and measured. */
export interface ShownSamples {
  /** The generator that makes them, and its name in the game. */
  readonly name: string
  readonly generator: Generator
  /** Whether samples can be made: not where a condition can neither be drawn nor be taken from a stream. */
  readonly canDraw: boolean
  /** The stream whose samples the generator is given. */
  readonly from?: OpenStream
  /** The stream whose samples they should be like. */
  readonly like?: OpenStream
  /** Whether sample n of `like` is the right answer to sample n of `from`. */
  readonly isPaired?: boolean
  /** How they are measured beside the targets of their inputs, where they are. */
  readonly measures?: PairMeasures
}

/**
 * Which samples of a run are shown and measured, as its app says.
 * @throws GankitError for a generator that the game lacks, and for a stream whose samples it can't be given
 */
export function findShownSamples(app: App, game: Game, streams: readonly OpenStream[]): ShownSamples {
  const [only] = streams
  const first = Object.keys(game.generators)[0] ?? 'none'
  if (!app.streams) {
    const generator = lookUp('cli', `the generator of ${app.name}`, first, game.generators)
    return { name: first, generator, canDraw: hasDrawnInputs(generator), like: only! }
  }
  const { generator: name = first, ...ends } = app.samples ?? {}
  const measures = selectMeasures(app.samples)
  const generator = lookUp('cli', `samples.generator of ${app.name}`, name, game.generators)
  const [from, like] = [ends.from, ends.like].map(end => streams.find(stream => stream.name === end))
  if (from) checkCondition(app.name, name, generator, from)
  return {
    name,
    generator,
    canDraw: from !== undefined || hasDrawnInputs(generator),
    ...(from && { from }),
    ...(like && { like }),
    ...(app.paired && { isPaired: true }),
    ...(measures && { measures }),
  }
}

/**
 * The same with a segmenter for the metrics that need one; these are left out where none is there that knows the pictures.
 * @throws GankitError where the best generator is to be chosen by a metric that is left out
 */
export async function addSegmenter(
  app: App,
  shown: ShownSamples,
  { training }: Pick<RunConfig, 'training'>,
): Promise<ShownSamples> {
  const { measures: all, from, like } = shown
  if (!all || !from || !like || training.evaluateEvery === undefined) return shown
  const { chooseSegmenter } = await import('../pairs/choose-segmenter.ts')
  const { measures, skipped } = await chooseSegmenter(all, app.streams && app.samples?.segmenter, {
    data: like.config.data,
    sampleShape: like.dataset.sampleShape,
    inputOptions: from.config.dataOptions,
  })
  const { bestBy } = training
  if (bestBy !== undefined && bestBy in skipped)
    throw new GankitError(
      'cli',
      'option',
      `--best-by is '${bestBy}', and ${app.name} can't measure it here, expected one of ${measures.measures.join(', ')}: no segmenter knows the pictures of ${like.config.data}`,
    )
  return { ...shown, measures }
}

function checkCondition(app: string, name: string, { condition }: Generator, from: OpenStream): void {
  const [takes, has] = [condition ? conditionShape(condition) : [], from.dataset.sampleShape]
  if (String(takes) === String(has)) return
  throw new GankitError(
    'cli',
    'data',
    `${name} of ${app} takes ${condition ? `a condition of ${takes.join('×')}` : 'no condition'}, and the samples of ${from.name} are ${has.join('×')}, expected one shape: choose other data or another --size for ${from.name}`,
  )
}

/** What a generator is given for some samples; nothing where it draws its inputs. */
export interface GivenSamples {
  readonly count: number
  readonly given?: GivenInputs
}

/** What a generator is given for at most `max` samples, and how many there are: those of its stream, the same each time. */
export async function readGiven({ from }: ShownSamples, max: number): Promise<GivenSamples> {
  if (!from) return { count: max }
  const count = Math.min(max, from.dataset.size)
  return { count, given: { condition: await readSamples(from.dataset, count) } }
}

/** Samples of a dataset, chosen by a seed, [n, …sampleShape] as plain numbers; the run's own batches stay where they are. */
export async function readSamples(dataset: Dataset, count: number): Promise<Float32Array> {
  const batches = dataset.batches({ size: count, seed: 1, augment: {} })
  try {
    const batch = (await batches.next()).value as Batch
    const numbers = (await batch.samples.data<'float32'>()).slice()
    disposeBatch(batch)
    return numbers
  } finally {
    await batches.return?.()
  }
}
