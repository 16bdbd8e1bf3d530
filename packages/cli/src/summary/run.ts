import { existsSync } from 'node:fs'
import { GankitError } from '@gankit/core'
import {
  type App,
  buildTrainer,
  listStreamNames,
  mapStreams,
  type PerStream,
  type SampleDescription,
  type StreamData,
  selectPreset,
  type TrainingSettings,
} from '@gankit/experiment'
import { isAppFolder, loadApp, openApp, readRunConfig, runFiles } from '@gankit/experiment/node'
import {
  estimateTrainingCost,
  formatCount,
  formatSummary,
  type NetworkSummary,
  summarizeNetwork,
} from '@gankit/layers'
import { selectBackend } from '@gankit/runtime/node'
import { resolveSource } from '../generator/named.ts'
import { formatJson } from '../terminal/filter.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** What was typed behind `gankit summary`. */
export interface SummaryFlags {
  readonly preset?: string
  readonly batch?: number
  readonly json?: boolean
}

/** What networks are made from: a run's configuration has it, and an app's preset. */
interface Plan {
  readonly app: App
  readonly preset: string
  readonly model: unknown
  readonly training: TrainingSettings
  readonly samples: PerStream<SampleDescription>
}

/**
 * Prints all networks of a run, or of an app's preset, layer by layer.
 * @throws GankitError for what is neither, and unknown presets
 */
export async function printSummary(name: string, flags: SummaryFlags, { out }: Terminal): Promise<void> {
  const source = await resolveSource(name)
  const isRun = existsSync(runFiles(source).config) || (existsSync(source) && !isAppFolder(source))
  const plan = isRun ? await readPlan(source, flags) : planPreset(await openApp(source), flags)
  const { app, preset, model, training, samples } = plan
  // The networks are only counted, so any backend will do, and this one starts at once.
  await selectBackend({ backend: 'cpu' })
  const trainer = await buildTrainer(app, { model, training, seed: 0 }, samples)
  const { batch = training.batch } = flags
  const networks = Object.fromEntries(
    Object.entries(trainer.game.networks).map(([name, network]) => [name, summarizeNetwork(network)]),
  )
  trainer.dispose()
  if (flags.json) {
    out.write(formatJson({ app: app.name, preset, batch, ...networks }))
    return
  }
  const cost = app.createGan && formatCost(networks, training, batch)
  const parts = [...Object.values(networks).map(formatSummary), ...(cost ? [cost] : [])]
  out.write(`${parts.map(part => part.trimEnd()).join('\n\n')}\n`)
}

/**
 * The multiply-adds of a step of Algorithm 1, penalties aside. Each of D's updates runs D over real samples and fakes and
 * back, and G once; G's update runs both, and back through D to G.
 */
function formatCost(
  { generator, discriminator }: Readonly<Record<string, NetworkSummary>>,
  { discriminatorSteps: k }: TrainingSettings,
  batch: number,
): string | undefined {
  if (!generator || !discriminator) return undefined
  const sample =
    estimateTrainingCost(generator.multiplyAdds, { forward: k + 1, backward: 1 }) +
    estimateTrainingCost(discriminator.multiplyAdds, {
      forward: 2 * k + 1,
      backward: 2 * k,
      backwardToInput: 1,
    })
  return `a step of ${batch}: ${formatCount(batch * sample)} multiply-adds, without penalties`
}

async function readPlan(run: string, { preset }: SummaryFlags): Promise<Plan> {
  const config = await readRunConfig(run)
  if (preset !== undefined && preset !== config.preset)
    throw new GankitError(
      'cli',
      'option',
      `--preset is '${preset}', but ${run} was trained with ${config.preset}: leave it out, or name the app ${config.app}`,
    )
  const { model, training } = config
  return {
    app: await loadApp(config.app),
    preset: config.preset,
    model,
    training,
    samples: mapStreams(config, ({ dataset }) => dataset),
  }
}

function planPreset(app: App, flags: SummaryFlags): Plan {
  const [preset, { model, training }] = selectPreset(app, flags.preset)
  const samples = mapStreams(listUsualData(app), (data: StreamData) => planSamples(app, data))
  return { app, preset, model, training, samples }
}

/** What an app learns from where no data are named: without its optional streams. */
function listUsualData(app: App): PerStream<StreamData> {
  const { streams } = app
  if (!streams) return app.data
  return { streams: Object.fromEntries(listStreamNames({ streams }).map(name => [name, streams[name]!])) }
}

/** The samples of data whose size an app gives. @throws GankitError where it doesn't */
function planSamples({ name }: App, { options = {} }: StreamData): SampleDescription {
  const { size, channels = 3 } = options
  if (size === undefined)
    throw new GankitError(
      'cli',
      'option',
      `${name} does not say how large its samples are, expected a size among the options of its data: train it, and name its run`,
    )
  const [height, width] = typeof size === 'number' ? [size, size] : size
  return { sampleShape: [height!, width!, channels] }
}
