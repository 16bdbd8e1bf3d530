import { type Batches, type Dataset, GankitError, type Position } from '@gankit/core'
import { listConditions, withAttributes } from '@gankit/datasets'
import type { DataOptions } from '@gankit/datasets/node'
import type { App, StreamsApp } from '../app.ts'
import type { PlannedConfig, RunConfig } from '../run-config.ts'
import { splitDataset } from '../split-pairs.ts'
import { checkPairs, chooseStreamSeed, isPairedStream, listStreams, type StreamConfig } from '../streams.ts'

/** A stream of a run whose data are open. */
export interface OpenStream {
  /** Its name, where the game has several. */
  readonly name: string | undefined
  readonly dataset: Dataset
  /** The data as the configuration has them. */
  readonly config: StreamConfig
  /** Pairs that are held out, where some are: what the best generator is chosen by. */
  readonly validation?: Dataset
}

/** How the data of a run are opened, and who is told of what a person should know. */
export interface OpenStreamsOptions {
  /** @param name of the stream, where the game has several */
  open(spec: string, options: DataOptions, name: string | undefined): Promise<Dataset>
  /** Gets a line at a time. */
  report(line: string): void
}

/** Opens the data of all streams, and describes them for the configuration. @throws GankitError where one can't be opened */
export async function openStreams(
  app: App,
  planned: PlannedConfig,
  options: OpenStreamsOptions,
): Promise<readonly OpenStream[]> {
  const open: OpenStream[] = []
  checkPairedData(app, planned)
  try {
    for (const [name, { data, dataOptions }] of listStreams(planned)) {
      const opened = await options.open(data, dataOptions, name)
      open.push({ name, dataset: opened, config: { data, dataOptions, dataset: describe(opened) } })
    }
    const { conditional } = planned
    if (conditional) return await Promise.all(open.map(stream => addConditions(stream, conditional)))
    if (app.streams) checkPairs(app, Object.fromEntries(open.map(({ name, dataset }) => [name, dataset])))
    return app.streams && app.samples?.measures ? holdOutPairs(app, open, options) : open
  } catch (error) {
    await closeStreams(open)
    throw error
  }
}

/** @throws GankitError where data of a paired app are no pairs, or would be moved by themselves and so come apart */
function checkPairedData(app: App, planned: PlannedConfig): void {
  if (!app.streams || !app.paired) return
  const streams = listStreams(planned).filter(([name]) => isPairedStream(app, name!))
  const refuse = (got: string, wayOut: string) => {
    throw new GankitError('experiment', 'option', `${app.name} learns from pairs, and ${got}: ${wayOut}`)
  }
  for (const [name, { data }] of streams)
    if (data.startsWith('unpaired:'))
      refuse(`the data of ${name} are ${data}`, 'name pairs:PATH, or the data of each stream')
  for (const option of ['flip', 'jitter'] as const) {
    const values = streams.map(([, { dataOptions }]) => dataOptions[option] || undefined)
    if (new Set(values).size > 1)
      refuse(
        `${option} is ${streams.map(([name], i) => `${values[i] ?? dataDefaults[option]} for ${name}`).join(' and ')}, expected the same for all, as they move together`,
        `give --${option} to all or leave it out`,
      )
  }
}

const dataDefaults = { flip: false, jitter: 0 } as const

/** Closes the data of all streams. */
export async function closeStreams(streams: readonly OpenStream[]): Promise<void> {
  for (const { dataset } of streams) await dataset.close?.()
}

/** Streams of pairs without those that are held out; too few pairs, and streams beside the pairs, stay as they are. */
function holdOutPairs(
  app: StreamsApp,
  streams: readonly OpenStream[],
  { report }: OpenStreamsOptions,
): readonly OpenStream[] {
  const split = streams.map(open => {
    const parts = isPairedStream(app, open.name!) ? splitDataset(open.name!, open.dataset) : undefined
    if (!parts) return open
    const { training, validation, test } = parts
    const dataset = { ...describe(open.dataset), heldOut: validation.size + test.size }
    return { ...open, dataset: training, validation, config: { ...open.config, dataset } }
  })
  const [{ dataset, validation, config }] = split as [OpenStream]
  report(
    validation
      ? `         ${formatCount(config.dataset.heldOut!)} of ${formatPlural(config.dataset.size, 'pair')} are held out: ${formatCount(validation.size)} to choose the best step by, as many for 'gankit evaluate'`
      : `Warning  ${formatPlural(dataset.size, 'pair')} are too few to hold some out: outputs can't be measured beside targets that training never saw; bring 4 or more`,
  )
  return split
}

function describe({ size, sampleShape, condition }: Dataset): StreamConfig['dataset'] {
  return { size, sampleShape, ...(condition && { condition }) }
}

/** A stream whose batches hold these attributes, on which the generator is conditioned. */
async function addConditions(
  { dataset: opened, config, ...stream }: OpenStream,
  conditional: readonly string[],
): Promise<OpenStream> {
  const dataset = withAttributes(opened, conditional)
  const attributes = await listConditions(dataset)
  const single = attributes.find(({ values }) => values.length < 2)
  if (single)
    throw new GankitError(
      'experiment',
      'data',
      `--conditional names ${single.name}, which has ${formatPlural(single.values.length, 'value')} in these data, expected two or more: leave it out`,
    )
  const condition = { kind: 'categories', attributes } as const
  return { ...stream, dataset, config: { ...config, dataset: { ...describe(dataset), condition } } }
}

/**
 * The batches of each stream, by the names that the game reads them under.
 * @param reads the streams of the game
 * @param positions where a resumed run goes on
 */
export function startBatches(
  app: App,
  streams: readonly OpenStream[],
  reads: readonly string[],
  { training, seed }: RunConfig,
  positions: Readonly<Record<string, Position>> = {},
): Readonly<Record<string, Batches>> {
  const started = streams.map(({ name, dataset }) => {
    const stream = name ?? reads[0]!
    const position = positions[stream]
    const options = {
      size: training.batch,
      seed: chooseStreamSeed(seed, name, app.streams && isPairedStream(app, stream)),
      ...(position && { position }),
    }
    return [stream, dataset.batches(options)] as const
  })
  return Object.fromEntries(started)
}

/** Data that changed, or that come in batches of another size, begin with the next epoch. */
export function beginNextEpoch(
  positions: Readonly<Record<string, Position>>,
): Readonly<Record<string, Position>> {
  const next = Object.entries(positions).map(([stream, { epoch, batch }]) => [
    stream,
    { epoch: batch > 0 ? epoch + 1 : epoch, batch: 0 },
  ])
  return Object.fromEntries(next)
}

const formatCount = (value: number): string => value.toLocaleString('en')

function formatPlural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`
}
