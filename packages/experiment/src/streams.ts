import { type Condition, type Dataset, GankitError, randomStream } from '@gankit/core'
import type { DataOptions } from '@gankit/datasets/node'

/** Which data a stream reads. */
export interface PlannedData {
  /** Their spec, with an absolute path where it has one. */
  readonly data: string
  readonly dataOptions: DataOptions
}

/** What the samples of a stream are. */
export interface SampleDescription {
  readonly sampleShape: readonly number[]
  /** What the generator is conditioned on. Default: nothing. */
  readonly condition?: Condition
}

/** The data of a stream as a run's configuration has them. */
export interface StreamConfig extends PlannedData {
  /** What the data turned out to be; a resumed run expects the same. */
  readonly dataset: SampleDescription & {
    readonly size: number
    /** Samples of these that training never sees. Default: it sees all. */
    readonly heldOut?: number
  }
}

/** Data of the only stream of a game; or those of several, each under the name of its stream. */
export type PerStream<Data> =
  | (Data & { readonly streams?: never })
  | ({ readonly streams: Readonly<Record<string, Data>> } & { readonly [Name in keyof Data]?: never })

/** The data of each stream, with its name; an only stream has none. */
export function listStreams<Data>(
  of: PerStream<Data>,
): readonly (readonly [name: string | undefined, data: Data])[] {
  return of.streams ? Object.entries(of.streams) : [[undefined, of as Data]]
}

/** The same for each stream, where what is made of it may depend on its name. */
export function mapStreams<From, To>(
  of: PerStream<From>,
  make: (data: From, name: string | undefined) => To,
): PerStream<To> {
  if (!of.streams) return make(of as From, undefined) as PerStream<To>
  const made = Object.entries(of.streams).map(([name, data]) => [name, make(data, name)])
  return { streams: Object.fromEntries(made) } as PerStream<To>
}

/** The seed of the order in which samples of a stream come: the same for pairs, else another one for each of several streams. */
export function chooseStreamSeed(seed: number, stream: string | undefined, paired = false): number {
  if (stream === undefined || paired) return seed
  return randomStream(seed, `streams/${stream}`).bits(1)[0]!
}

/** What an app says about pairs. */
interface PairedStreams {
  readonly name: string
  readonly paired?: boolean
  readonly streams: Readonly<Record<string, { readonly optional?: boolean }>>
}

/** Whether samples of a stream are parts of pairs: of a paired app all are but those of optional streams. */
export function isPairedStream({ paired = false, streams }: PairedStreams, stream: string): boolean {
  return paired && !streams[stream]?.optional
}

/** @throws GankitError unless the streams of a paired app have as many samples, with none missing in between of one alone */
export function checkPairs(app: PairedStreams, datasets: Readonly<Record<string, Dataset>>): void {
  const { name } = app
  const streams = Object.entries(datasets).filter(([stream]) => isPairedStream(app, stream))
  if (streams.length === 0) return
  const refuse = (got: string, wayOut: string) => {
    throw new GankitError(
      'experiment',
      'data',
      `${name} learns from pairs, and ${got}, expected sample n of one to belong to sample n of the others: ${wayOut}`,
    )
  }
  if (new Set(streams.map(([, { size }]) => size)).size > 1)
    refuse(
      streams.map(([stream, { size }]) => `${stream} has ${size} samples`).join(' and '),
      'name data with as many samples each',
    )
  const [first, ...others] = streams.map(([, { skipped = [] }]) => skipped.map(({ name }) => name).join('\n'))
  // What every stream lacks leaves the others in their places.
  if (others.every(names => names === first)) return
  for (const [stream, { skipped = [] }] of streams)
    if (skipped[0])
      refuse(
        `${stream} lacks ${skipped.length} ${skipped.length === 1 ? 'file that was' : 'files that were'} skipped, the first one because ${skipped[0].name} ${skipped[0].why}`,
        'mend or remove them together with their partners',
      )
}
