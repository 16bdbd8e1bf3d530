import { GankitError } from '@gankit/core'
import { type ObjectiveName, type ObjectiveSettings, objectives } from '@gankit/losses'
import { type OptimizerSettings, optimizerNames, type ScheduleSettings } from '@gankit/trainer'
import type { App, Preset, TrainingSettings } from './app.ts'
import type { TrainFlags } from './flags.ts'

/** Finds a preset. @throws GankitError that names those there are */
export function presetOf(
  app: App,
  name: string = app.defaultPreset,
): [name: string, preset: Preset<unknown>] {
  return [name, oneOf(`preset of ${app.name}`, name, app.presets)]
}

/** Flags that are settings under their own name. */
const plain = [
  ...(['steps', 'batch', 'latent', 'discriminatorSteps', 'warmUpDiscriminator', 'simultaneous'] as const),
  ...(['instanceNoise', 'sampleEvery', 'checkpointEvery', 'evaluateEvery', 'bestBy', 'keep'] as const),
]

/** A preset's training with the flags in its place. @throws GankitError for unknown names */
export function withFlags(preset: TrainingSettings, flags: TrainFlags): TrainingSettings {
  const given = Object.fromEntries(
    plain.flatMap(name => (flags[name] === undefined ? [] : [[name, flags[name]]])),
  )
  const { clipNorm } = flags
  return {
    ...(flags.augment === false ? withoutAugmentation(preset) : preset),
    ...given,
    ...(flags.augment && { augmentation: preset.augmentation ?? {} }),
    ...(clipNorm !== undefined && { clipNorm: { generator: clipNorm, discriminator: clipNorm } }),
    objective: objectiveWith(preset.objective, flags),
    optimizers: {
      generator: optimizerWith(preset.optimizers.generator, flags, flags.learningRateG),
      discriminator: optimizerWith(preset.optimizers.discriminator, flags, flags.learningRateD),
    },
  }
}

/** However few images there are. */
function withoutAugmentation({ augmentation, augmentBelow, ...preset }: TrainingSettings): TrainingSettings {
  return preset
}

/** Another objective starts without the options and penalties of the preset's. */
function objectiveWith(
  preset: TrainingSettings['objective'],
  { objective, labelSmoothing, r1 }: TrainFlags,
): TrainingSettings['objective'] {
  const before: ObjectiveSettings = typeof preset === 'string' ? { name: preset } : preset
  const name = (objective ?? before.name) as ObjectiveName
  oneOf('objective', name, objectives)
  const kept: ObjectiveSettings = name === before.name ? before : { name }
  const others = (kept.penalties ?? []).filter(penalty => penalty.name !== 'r1')
  const settings: ObjectiveSettings = {
    ...kept,
    ...(labelSmoothing !== undefined && { labelSmoothing }),
    ...(r1 !== undefined && { penalties: [...others, { name: 'r1', gamma: r1 }] }),
  }
  return Object.keys(settings).length === 1 ? name : settings
}

function optimizerWith(
  preset: OptimizerSettings,
  { optimizer, learningRate }: TrainFlags,
  ownRate: number | undefined,
): OptimizerSettings {
  const name = optimizer ?? preset.name
  oneOf('optimizer', name, Object.fromEntries(optimizerNames.map(known => [known, known])))
  const chosen = name === preset.name ? preset : ({ name } as OptimizerSettings)
  const rate = ownRate ?? learningRate
  return rate === undefined ? chosen : { ...chosen, learningRate: startingAt(rate, chosen.learningRate) }
}

/** A schedule keeps its course from another start. */
function startingAt(rate: number, before: ScheduleSettings | undefined): ScheduleSettings {
  return typeof before === 'object' ? { ...before, from: rate } : rate
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
