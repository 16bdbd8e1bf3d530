import type { Precision } from '@gankit/runtime'
import { type Command, Option } from 'commander'
import type { DataFlags } from './data-flags.ts'
import { names } from './names.ts'
import { fractionBelow1, positiveNumber, wholeNumber } from './numbers.ts'

/** What was typed behind `gankit train`. */
export interface TrainFlags extends DataFlags {
  readonly preset?: string
  readonly data?: string
  readonly conditional?: true | readonly string[]
  readonly steps?: number
  readonly batch?: number
  readonly latent?: number
  readonly discriminatorSteps?: number
  readonly warmUpDiscriminator?: number
  readonly simultaneous?: boolean
  readonly objective?: string
  readonly labelSmoothing?: number
  readonly r1?: number
  readonly optimizer?: string
  readonly learningRate?: number
  readonly learningRateG?: number
  readonly learningRateD?: number
  readonly clipNorm?: number
  readonly instanceNoise?: number
  readonly augment?: boolean
  readonly sampleEvery?: number
  readonly seed?: number
  readonly backend?: string
  readonly threads?: number
  readonly precision?: Precision
  readonly out?: string
  readonly resume?: string
  readonly acceptChanges?: boolean
  readonly checkpointEvery?: number
  readonly evaluateEvery?: number
  readonly bestBy?: string
  readonly keep?: number
  readonly timeLimit?: number
  readonly doctor?: boolean
  readonly tensorboard?: boolean
  readonly json?: boolean
}

/** Flags that say how a GAN is trained; a run keeps them in its configuration. */
export function withTrainingFlags(command: Command): Command {
  return command
    .option('--preset <name>', "one of the app's presets (mnist-digits: quick, full, algorithm-1)")
    .option('--data <spec>', "embedded, folder:PATH, …: 'gankit data kinds' lists them")
    .option(
      '--conditional [names]',
      'a generator that can be asked for attributes: hair-color,glasses',
      names,
    )
    .option('--steps <n>', 'the step to stop at', wholeNumber(1))
    .option('--batch <n>', 'samples in a batch', wholeNumber(2))
    .option('--latent <n>', 'numbers in a latent', wholeNumber(1, 65_536))
    .option('--discriminator-steps <k>', 'moves of D before each of G', wholeNumber(1, 1_000))
    .option('--warm-up-discriminator <n>', 'first steps in which D alone moves', wholeNumber(0))
    .option('--simultaneous', 'both players move at once')
    .option('--objective <name>', 'non-saturating, minimax, least-squares, hinge, wasserstein-gp, …')
    .option('--label-smoothing <s>', "D's target for real samples is 1 − s", fractionBelow1)
    .option('--r1 <gamma>', 'weight of the penalty on the slope of D at real samples', positiveNumber)
    .option('--optimizer <name>', 'adam, momentum, rmsprop or sgd, for both networks')
    .option('--learning-rate <x>', 'learning rate of both networks', positiveNumber)
    .option('--learning-rate-g <x>', 'learning rate of the generator', positiveNumber)
    .option('--learning-rate-d <x>', 'learning rate of the discriminator', positiveNumber)
    .option('--clip-norm <x>', "the greatest length of a network's gradient", positiveNumber)
    .option('--instance-noise <std>', 'normal noise on all that D sees', positiveNumber)
    .option('--augment', 'change all images that D sees, and learn through that: for small sets')
    .option('--no-augment', 'don’t, however few images there are')
    .option('--sample-every <n>', 'steps between two sample grids', wholeNumber(1))
    .option('--seed <n>', 'the same seed, backend and threads give the same weights', wholeNumber(0))
}

/** Flags that say where and how long a run goes; they may differ when it goes on. */
export function withRunFlags(command: Command): Command {
  return command
    .option('--backend <name>', 'auto, tensorflow, webgpu, wasm or cpu')
    .option('--threads <n>', 'threads of wasm and of native TensorFlow', wholeNumber(1, 8))
    .addOption(
      new Option('--precision <name>', 'mixed: 16-bit products where the backend can').choices([
        'float32',
        'mixed',
      ]),
    )
    .option('--out <folder>', 'the run directory, new or empty (default: runs/<app>/<when>-<seed>)')
    .option('--resume <run>', 'go on with a run from its last checkpoint; --steps may raise where it ends')
    .option('--accept-changes', 'with --resume: go on although flags or data differ from the run')
    .option('--checkpoint-every <n>', 'steps between two checkpoints (default: 500)', wholeNumber(1))
    .option('--keep <n>', 'checkpoints that are kept (default: 2)', wholeNumber(1, 1_000))
    .option(
      '--evaluate-every <n>',
      'steps between two measurements, which keep the best generator',
      wholeNumber(1),
    )
    .option(
      '--best-by <metric>',
      'the figure that says which is the best: frechet-distance, kid, coverage, …',
    )
    .option('--time-limit <minutes>', 'stop after so long, with a checkpoint', positiveNumber)
    .option('--no-doctor', 'look for no signs of a run that goes wrong')
    .option('--tensorboard', 'write event files for TensorBoard into the run directory')
    .option('--json', 'print the result as one JSON object, everything else to standard error')
}
