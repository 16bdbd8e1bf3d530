import {
  type Batch,
  type BatchOptions,
  conditionShape,
  type Dataset,
  disposeBatch,
  GankitError,
  type Generator,
  lookUp,
} from '@gankit/core'
import { type GivenInputs, hasDrawnInputs } from '@gankit/inference'
import type { Game } from '@gankit/trainer'
import type { App, ShownSamples } from '../app.ts'
import type { OpenStream } from './open-streams.ts'

/** How an app measures its outputs beside their targets. */
export type AppMeasures = Required<Pick<ShownSamples<string>, 'measures'>> &
  Pick<ShownSamples<string>, 'crop' | 'palette' | 'reduce'>

/** The samples of a run that are shown and measured. */
export interface RunSamples {
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
  readonly measures?: AppMeasures
}

/**
 * Which samples of a run are shown and measured, as its app says.
 * @throws GankitError for a generator that the game lacks, and for a stream whose samples it can't be given
 */
export function findShownSamples(app: App, game: Game, streams: readonly OpenStream[]): RunSamples {
  const [only] = streams
  const first = Object.keys(game.generators)[0] ?? 'none'
  if (!app.streams) {
    const generator = lookUp('experiment', `the generator of ${app.name}`, first, game.generators)
    return { name: first, generator, canDraw: hasDrawnInputs(generator), like: only! }
  }
  const { generator: name = first, ...ends } = app.samples ?? {}
  const measures = selectMeasures(app.samples)
  const generator = lookUp('experiment', `samples.generator of ${app.name}`, name, game.generators)
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

function checkCondition(app: string, name: string, { condition }: Generator, from: OpenStream): void {
  const [takes, has] = [condition ? conditionShape(condition) : [], from.dataset.sampleShape]
  if (String(takes) === String(has)) return
  throw new GankitError(
    'experiment',
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
export async function readGiven({ from }: RunSamples, max: number): Promise<GivenSamples> {
  if (!from) return { count: max }
  const count = Math.min(max, from.dataset.size)
  return { count, given: { condition: await readSamples(from.dataset, count) } }
}

/**
 * Samples of a dataset, [n, …sampleShape] as plain numbers; the run's own batches stay where they are.
 * @param order default: chosen by a seed; `{ shuffle: false }` gives the first ones
 */
export async function readSamples(
  dataset: Dataset,
  count: number,
  order: Pick<BatchOptions, 'seed' | 'shuffle'> = { seed: 1 },
): Promise<Float32Array> {
  const batches = dataset.batches({ size: count, ...order, augment: {} })
  try {
    const batch = (await batches.next()).value as Batch
    const numbers = (await batch.samples.data<'float32'>()).slice()
    disposeBatch(batch)
    return numbers
  } finally {
    await batches.return?.()
  }
}

/** How samples of an app are measured beside their targets; undefined where they aren't. */
export function selectMeasures(samples: ShownSamples<string> = {}): AppMeasures | undefined {
  const { measures, crop, palette, reduce } = samples
  if (!measures) return undefined
  return {
    measures,
    ...(crop !== undefined && { crop }),
    ...(palette && { palette }),
    ...(reduce && { reduce }),
  }
}
