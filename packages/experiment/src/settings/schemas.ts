import type { ObjectiveName, ObjectiveSettings } from '@gankit/losses'
import type { DifferentiableAugmentationOptions, GuardOptions } from '@gankit/trainer'
import type { OptimizerSettings, ScheduleSettings } from '@gankit/trainer/optimizers'
import * as v from 'valibot'
import { fraction, integer, positive, type Value } from './values.ts'

/** An objective by its name, or with options and penalties, which `createObjective` checks. */
export const objective: Value<ObjectiveName | ObjectiveSettings> = {
  schema: v.union([
    v.string(),
    v.looseObject({
      name: v.string(),
      penalties: v.optional(v.array(v.looseObject({ name: v.string() }))),
    }),
  ]) as unknown as v.GenericSchema<ObjectiveName | ObjectiveSettings>,
  expected: 'the name of an objective, or an object with it',
  names: { table: 'objective', find: value => [typeof value === 'string' ? value : value.name] },
}

const scheduleSchema = v.union([
  v.pipe(v.number(), v.finite()),
  v.looseObject({ name: v.string(), from: v.pipe(v.number(), v.finite()) }),
])

/** A number, or a schedule as plain data, which `createSchedule` checks. */
export const schedule: Value<ScheduleSettings> = {
  schema: scheduleSchema as unknown as v.GenericSchema<ScheduleSettings>,
  expected: 'a number or a schedule',
}

const optimizerSchema = v.looseObject({
  name: v.string(),
  learningRate: v.optional(scheduleSchema),
})

/** The optimizers of both networks; `createOptimizer` checks the options of each. */
export interface OptimizersSettings {
  readonly generator: OptimizerSettings
  readonly discriminator: OptimizerSettings
}

export const optimizers: Value<OptimizersSettings> = {
  schema: v.strictObject({
    generator: optimizerSchema,
    discriminator: optimizerSchema,
  }) as unknown as v.GenericSchema<OptimizersSettings>,
  expected: 'an optimizer for the generator and one for the discriminator, each with a name',
  names: {
    table: 'optimizer',
    find: ({ generator, discriminator }) => [generator.name, discriminator.name],
  },
}

/** The greatest norm of each network's gradient. */
export interface ClipNormSettings {
  readonly generator?: number
  readonly discriminator?: number
}

export const clipNorm: Value<ClipNormSettings> = {
  schema: v.strictObject({
    generator: v.optional(positive.schema),
    discriminator: v.optional(positive.schema),
  }) as v.GenericSchema<ClipNormSettings>,
  expected: 'a number above 0 for the generator, the discriminator, or both',
}

/** Options of DiffAugment. */
export const augmentation: Value<DifferentiableAugmentationOptions> = {
  schema: v.strictObject({
    color: v.optional(v.boolean()),
    translation: v.optional(fraction.schema),
    cutout: v.optional(fraction.schema),
  }) as v.GenericSchema<DifferentiableAugmentationOptions>,
  expected: 'options of the augmentation',
}

/** What is done about a loss or gradient that is not finite. */
export const guard: Value<GuardOptions> = {
  schema: v.strictObject({
    every: v.optional(integer(1).schema),
    tries: v.optional(integer(0).schema),
    learningRateFactor: v.optional(v.pipe(v.number(), v.gtValue(0), v.maxValue(1))),
  }) as v.GenericSchema<GuardOptions>,
  expected: 'options of the guard',
}
