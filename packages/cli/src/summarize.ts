import { existsSync } from 'node:fs'
import { type Condition, GankitError } from '@gankit/core'
import {
  estimateTrainingCost,
  formatCount,
  formatSummary,
  type NetworkSummary,
  summarizeNetwork,
} from '@gankit/layers'
import { selectBackend } from '@gankit/runtime/node'
import type { App, TrainingSettings } from './app.ts'
import { loadApp } from './installed-apps.ts'
import { configOfRun } from './resumed-config.ts'
import { presetOf } from './settings.ts'

export interface SummaryFlags {
  readonly preset?: string
  readonly batch?: number
  readonly json?: boolean
}

/** What a GAN is made from: a run's configuration has it, an app's preset too. */
interface Plan {
  readonly app: App
  readonly preset: string
  readonly model: unknown
  readonly training: TrainingSettings
  readonly sampleShape: readonly number[]
  readonly conditions?: readonly Condition[]
}

/**
 * Both networks of a run, or of an app's preset, layer by layer.
 * @throws GankitError for what is neither, and unknown presets
 */
export async function summarize(source: string, flags: SummaryFlags): Promise<string> {
  const { app, preset, model, training, ...shape } = existsSync(source)
    ? await planOfRun(source, flags)
    : planOfApp(await loadApp(source), flags)
  // Weights are made to be counted, so any backend will do, and this one is there at once.
  await selectBackend({ backend: 'cpu' })
  const gan = app.createGan({ model, latent: training.latent, seed: 0, ...shape })
  const { batch = training.batch } = flags
  const networks = {
    generator: summarizeNetwork(gan.generator),
    discriminator: summarizeNetwork(gan.discriminator),
  }
  return flags.json
    ? `${JSON.stringify({ app: app.name, preset, batch, ...networks })}\n`
    : `${[...Object.values(networks).map(formatSummary), formatStep(networks, batch)].join('\n')}\n`
}

/**
 * The cost of a training step of Algorithm 1 with one step of D and no penalty: in D's step, G draws fakes, and D judges
 * these and real samples; in G's step, G draws fakes, and the gradient goes through D, whose weights are left alone.
 */
function formatStep(networks: Record<'generator' | 'discriminator', NetworkSummary>, batch: number): string {
  const { generator, discriminator } = networks
  const cost =
    estimateTrainingCost(generator.multiplyAdds, { forward: 2, backward: 1 }) +
    estimateTrainingCost(discriminator.multiplyAdds, { forward: 3, backward: 2, backwardToInput: 1 })
  return `a step of ${batch}: ${formatCount(batch * cost)} multiply-adds`
}

async function planOfRun(run: string, { preset }: SummaryFlags): Promise<Plan> {
  const config = await configOfRun(run)
  if (preset !== undefined && preset !== config.preset)
    throw new GankitError(
      'cli',
      'option',
      `--preset is '${preset}', but ${run} was trained with ${config.preset}: leave it out, or name the app ${config.app}`,
    )
  const { model, training, dataset } = config
  const { sampleShape, conditions } = dataset
  return {
    app: await loadApp(config.app),
    preset: config.preset,
    model,
    training,
    sampleShape,
    ...(conditions && { conditions }),
  }
}

function planOfApp(app: App, flags: SummaryFlags): Plan {
  const [preset, { model, training }] = presetOf(app, flags.preset)
  const { size, channels = 3 } = app.data.options ?? {}
  if (size === undefined)
    throw new GankitError(
      'cli',
      'option',
      `${app.name} does not say how large its samples are, expected data.options.size: train it, and name its run`,
    )
  const [height, width] = typeof size === 'number' ? [size, size] : size
  return { app, preset, model, training, sampleShape: [height!, width!, channels] }
}
