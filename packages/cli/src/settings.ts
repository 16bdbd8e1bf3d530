import { GankitError } from '@gankit/core'
import { type ObjectiveName, objectives } from '@gankit/losses'
import type { Precision } from '@gankit/runtime'
import { type OptimizerSettings, optimizerNames } from '@gankit/trainer'
import type { App, Preset, TrainingSettings } from './app.ts'
import type { DataFlags } from './data-flags.ts'

/** What was typed behind `gankit train`. */
export interface TrainFlags extends DataFlags {
  readonly preset?: string
  readonly data?: string
  readonly steps?: number
  readonly batch?: number
  readonly latent?: number
  readonly discriminatorSteps?: number
  readonly objective?: string
  readonly optimizer?: string
  readonly learningRate?: number
  readonly seed?: number
  readonly backend?: string
  readonly threads?: number
  readonly precision?: Precision
  readonly out?: string
  readonly resume?: string
  readonly json?: boolean
}

/** Finds a preset. @throws GankitError that names those there are */
export function presetOf(
  app: App,
  name: string = app.defaultPreset,
): [name: string, preset: Preset<unknown>] {
  return [name, oneOf(`preset of ${app.name}`, name, app.presets)]
}

/** A preset's training with the flags in its place. @throws GankitError for unknown names */
export function withFlags(preset: TrainingSettings, flags: TrainFlags): TrainingSettings {
  const objective = flags.objective ?? preset.objective
  oneOf('objective', objective, objectives)
  return {
    ...preset,
    steps: flags.steps ?? preset.steps,
    batch: flags.batch ?? preset.batch,
    latent: flags.latent ?? preset.latent,
    discriminatorSteps: flags.discriminatorSteps ?? preset.discriminatorSteps,
    objective: objective as ObjectiveName,
    optimizers: {
      generator: optimizerWith(preset.optimizers.generator, flags),
      discriminator: optimizerWith(preset.optimizers.discriminator, flags),
    },
  }
}

function optimizerWith(
  preset: OptimizerSettings,
  { optimizer, learningRate }: TrainFlags,
): OptimizerSettings {
  const name = optimizer ?? preset.name
  oneOf('optimizer', name, Object.fromEntries(optimizerNames.map(known => [known, known])))
  const chosen = name === preset.name ? preset : ({ name } as OptimizerSettings)
  return learningRate === undefined ? chosen : { ...chosen, learningRate }
}

/** What a record holds under a name that a person typed. @throws GankitError that names what there is */
function oneOf<Value>(what: string, name: string, known: Readonly<Record<string, Value>>): Value {
  if (Object.hasOwn(known, name)) return known[name]!
  throw new GankitError(
    'cli',
    'option',
    `${what} is '${name}', expected one of: ${Object.keys(known).join(', ')}`,
  )
}
