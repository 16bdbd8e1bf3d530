import type { ObjectiveName, ObjectiveSettings } from '@gankit/losses'
import type { DifferentiableAugmentationOptions, GuardOptions } from '@gankit/trainer'
import type { ScheduleSettings } from '@gankit/trainer/optimizers'
import { setLabelSmoothing, setLearningRate, setObjective, setOptimizer, setR1Penalty } from './apply.ts'
import { runSettings } from './run-settings.ts'
import type { ClipNormSettings, OptimizersSettings } from './schemas.ts'
import * as schemas from './schemas.ts'
import { type OptionalSetting, optional, type RequiredSetting, required, withOpposite } from './setting.ts'
import { fraction, integer, nameIn, positive, yesOrNo } from './values.ts'

/** What changes the weights: the networks' updates, and what they learn from. */
const learningSettings = {
  /** Steps of training. */
  steps: required({
    value: integer(1),
    help: 'steps of training; a resumed run may go further',
    unit: 'steps',
    onResume: 'free',
    flags: [{ text: '--steps <n>', help: 'train until this step' }],
  }) as RequiredSetting<number>,
  /** Samples in a batch. */
  batch: required({
    value: integer(2),
    help: 'samples in a batch',
    unit: 'samples',
    onResume: 'accept',
    restartsEpoch: true,
    flags: [{ text: '--batch <n>', help: 'samples in a batch' }],
  }) as RequiredSetting<number>,
  /** Numbers of noise that a sample is made from. */
  latentSize: required({
    value: integer(1, 65_536),
    help: 'numbers of noise that a sample is made from',
    unit: 'numbers',
    onResume: 'fixed',
    flags: [{ text: '--latent <n>', help: 'numbers of noise that a sample is made from' }],
  }) as RequiredSetting<number>,
  /** Updates of the discriminator before each update of the generator: k of Algorithm 1. */
  discriminatorSteps: required({
    value: integer(1, 1_000),
    help: 'updates of D before each update of G: k of Algorithm 1',
    unit: 'updates',
    onResume: 'accept',
    flags: [{ text: '--discriminator-steps <k>', help: 'updates of D before each update of G' }],
  }) as RequiredSetting<number>,
  /** First steps in which only the discriminator is updated. Default: none. */
  warmUpDiscriminator: optional({
    value: integer(0),
    help: 'first steps in which only D is updated',
    unit: 'steps',
    onResume: 'accept',
    flags: withOpposite(
      { text: '--warm-up-discriminator <n>', help: 'first steps in which only D is updated' },
      'update both networks from the first step',
      integer(0),
      steps => steps,
    ),
  }) as OptionalSetting<number>,
  /** Whether both networks are updated at once, from the same weights. Default: no. */
  simultaneous: optional({
    value: yesOrNo,
    help: 'update D and G at once, from the same weights',
    onResume: 'accept',
    flags: [
      { text: '--simultaneous', help: 'update D and G at once, from the same weights' },
      { text: '--no-simultaneous', help: 'update D first, then G, which sees the new D' },
    ],
  }) as OptionalSetting<boolean>,
  /** The losses of both networks: a name, or a name with options and penalties. */
  objective: required({
    value: schemas.objective,
    help: 'the losses of both networks, with their options and penalties',
    onResume: 'accept',
    flags: [
      {
        text: '--objective <name>',
        help: 'the losses of both networks: minimax, non-saturating, hinge, …',
        value: nameIn('objective'),
        apply: setObjective,
      },
      {
        text: '--label-smoothing <s>',
        help: "use 1 − s as D's target for real samples",
        value: fraction,
        apply: setLabelSmoothing,
      },
      {
        text: '--r1 <gamma>',
        help: "weight of R1, the penalty on D's gradient at real samples",
        value: positive,
        apply: setR1Penalty,
      },
    ],
  }) as RequiredSetting<ObjectiveName | ObjectiveSettings>,
  /** The optimizers of both networks, with their learning rates. */
  optimizers: required({
    value: schemas.optimizers,
    help: 'the optimizers of both networks, with their learning rates',
    onResume: 'accept',
    // Another kind of optimizer keeps other state.
    fixedParts: /^\w+\.name$/,
    flags: [
      {
        text: '--optimizer <name>',
        help: 'the optimizer of both networks: adam, sgd, …',
        value: nameIn('optimizer'),
        apply: setOptimizer,
      },
      {
        text: '--learning-rate <x>',
        help: 'the learning rate of both networks',
        value: positive,
        apply: setLearningRate('generator', 'discriminator'),
      },
      {
        text: '--learning-rate-g <x>',
        help: 'the learning rate of the generator',
        value: positive,
        apply: setLearningRate('generator'),
      },
      {
        text: '--learning-rate-d <x>',
        help: 'the learning rate of the discriminator',
        value: positive,
        apply: setLearningRate('discriminator'),
      },
    ],
  }) as RequiredSetting<OptimizersSettings>,
  /** The greatest norm of each network's gradient; a longer one is scaled down. Default: any. */
  clipNorm: optional({
    value: schemas.clipNorm,
    help: "the greatest norm of a network's gradient; a longer one is scaled down",
    onResume: 'accept',
    flags: withOpposite(
      { text: '--clip-norm <x>', help: "the greatest norm of each network's gradient" },
      'leave gradients as long as they are',
      positive,
      norm => ({ generator: norm, discriminator: norm }),
    ),
  }) as OptionalSetting<ClipNormSettings>,
  /** Standard deviation of normal noise on all samples that the discriminator sees. Default: none. */
  instanceNoise: optional({
    value: schemas.schedule,
    help: 'standard deviation of normal noise on all samples that D sees',
    onResume: 'accept',
    flags: withOpposite(
      {
        text: '--instance-noise <std>',
        help: 'standard deviation of normal noise on all samples that D sees',
      },
      'show samples to D without noise',
      positive,
      deviation => deviation,
    ),
  }) as OptionalSetting<ScheduleSettings>,
  /** DiffAugment: random changes to all images that the discriminator sees. Default: none. */
  augmentation: optional({
    value: schemas.augmentation,
    help: 'DiffAugment: random changes to all images that D sees, for small datasets',
    onResume: 'accept',
    flags: [
      {
        text: '--augment',
        help: 'change all images that D sees at random (DiffAugment), for small datasets',
        value: yesOrNo,
        apply: (before, on: boolean) => (on ? (before ?? {}) : undefined),
      },
    ],
  }) as OptionalSetting<DifferentiableAugmentationOptions>,
  /** A dataset with fewer images than this is augmented unless `--no-augment` is given. Default: never. */
  augmentBelow: optional({
    value: integer(0),
    help: 'a dataset with fewer images than this is augmented',
    unit: 'images',
    onResume: 'accept',
    flags: [
      {
        text: '--no-augment',
        help: 'leave the images as they are, however few there are',
        value: yesOrNo,
        apply: (before, on: boolean) => (on ? before : undefined),
      },
    ],
  }) as OptionalSetting<number>,
  /** Decay of the moving average of G's weights, which is sampled and saved in place of G. Default: no average. */
  averageDecay: optional({
    value: fraction,
    help: "decay of the moving average of G's weights, which is sampled and saved",
    onResume: 'accept',
    flags: [],
  }) as OptionalSetting<number>,
  /** What is done about a loss or gradient that is not finite. Default: the trainer's own. */
  guard: optional({
    value: schemas.guard,
    help: 'what is done about a loss or gradient that is not finite',
    onResume: 'accept',
    flags: [],
  }) as OptionalSetting<GuardOptions>,
}

/**
 * The settings that mean something in Algorithm 1 alone: noise that is drawn, rounds of D and G, changes of what D sees. A game with
 * updates of its own names them in `unused` of its app.
 */
export const algorithm1Settings: readonly (keyof typeof learningSettings)[] = [
  'latentSize',
  'discriminatorSteps',
  'warmUpDiscriminator',
  'simultaneous',
  'instanceNoise',
  'augmentation',
  'augmentBelow',
]

/**
 * How a GAN is trained: one row for each setting. The type `TrainingSettings`, the checks of presets and configurations,
 * the flags and the help of `gankit train`, what a resumed run may change, and the table in the command's README all come
 * from here. A new setting is a new row, and a line where it is used.
 */
export const trainingSettings: typeof learningSettings & typeof runSettings = {
  ...learningSettings,
  ...runSettings,
}
