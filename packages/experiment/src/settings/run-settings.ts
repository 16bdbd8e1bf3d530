import {
  type DefaultedSetting,
  defaulted,
  type OptionalSetting,
  optional,
  type RequiredSetting,
  required,
  withOpposite,
} from './setting.ts'
import { integer, positive, text, yesOrNo } from './values.ts'

/**
 * How a run is watched, kept and ended: the part of the table of training settings that changes no weights. A resumed run
 * goes on with what it had, unless its command line says otherwise.
 */
export const runSettings = {
  /** Steps between two pictures of samples. */
  sampleEvery: required({
    value: integer(1),
    help: 'steps between two pictures of samples',
    unit: 'steps',
    onResume: 'free',
    flags: [{ text: '--sample-every <n>', help: 'steps between two pictures of samples' }],
  }) as RequiredSetting<number>,
  /** Steps between two checkpoints. */
  checkpointEvery: defaulted({
    value: integer(1),
    default: 500,
    help: 'steps between two checkpoints',
    unit: 'steps',
    onResume: 'free',
    flags: [{ text: '--checkpoint-every <n>', help: 'steps between two checkpoints' }],
  }) as DefaultedSetting<number>,
  /** Newest checkpoints that are kept. */
  keep: defaulted({
    value: integer(1, 1_000),
    default: 2,
    help: 'newest checkpoints that are kept',
    unit: 'checkpoints',
    onResume: 'free',
    flags: [{ text: '--keep <n>', help: 'newest checkpoints that are kept' }],
  }) as DefaultedSetting<number>,
  /** Steps between two evaluations, after which the best generator so far is saved. Default: none. */
  evaluateEvery: optional({
    value: integer(1),
    help: 'steps between two evaluations, after which the best generator is saved',
    unit: 'steps',
    onResume: 'free',
    flags: withOpposite(
      { text: '--evaluate-every <n>', help: 'steps between two evaluations; the best generator is saved' },
      'evaluate nothing while it trains',
      integer(1),
      steps => steps,
    ),
  }) as OptionalSetting<number>,
  /** The metric that decides which generator is best. Default: the Fréchet distance, or KID for small datasets. */
  bestBy: optional({
    value: text,
    help: 'the metric that decides which generator is best',
    onResume: 'free',
    flags: [
      {
        text: '--best-by <metric>',
        help: 'the metric that decides which generator is best: frechet, kid, coverage, …',
      },
    ],
  }) as OptionalSetting<string>,
  /** Whether the doctor looks for signs of a run that fails. */
  doctor: defaulted({
    value: yesOrNo,
    default: true,
    help: 'look for signs of a run that fails',
    onResume: 'free',
    flags: [
      { text: '--doctor', help: 'look for signs of a run that fails' },
      { text: '--no-doctor', help: "don't look for signs of a run that fails" },
    ],
  }) as DefaultedSetting<boolean>,
  /** Whether event files for TensorBoard are written into the run directory. Default: no. */
  tensorboard: optional({
    value: yesOrNo,
    help: 'write event files for TensorBoard into the run directory',
    onResume: 'free',
    flags: [
      { text: '--tensorboard', help: 'write event files for TensorBoard into the run directory' },
      { text: '--no-tensorboard', help: 'with --resume: write no more event files for TensorBoard' },
    ],
  }) as OptionalSetting<boolean>,
  /** Minutes after which a run stops, counted anew each time it is resumed. Default: any. */
  timeLimit: optional({
    value: positive,
    help: 'stop after so many minutes, counted anew when the run is resumed',
    unit: 'minutes',
    onResume: 'free',
    flags: withOpposite(
      {
        text: '--time-limit <minutes>',
        help: 'stop after so many minutes, with a checkpoint; they count anew with --resume',
      },
      'with --resume: go on without a limit of time',
      positive,
      minutes => minutes,
    ),
  }) as OptionalSetting<number>,
}
