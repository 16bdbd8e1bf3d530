import { type TrainingFlag, trainingFlags, trainingSettings } from '@gankit/experiment/settings'
import type { Precision } from '@gankit/runtime'
import { type Command, Option } from 'commander'
import { addStreamFlags, type StreamFlags } from '../data/flags.ts'
import { addBackendFlags, parseInteger, parseNames, parseValue } from '../terminal/flags.ts'

/** What was typed behind `gankit train`, beside the flags of the table of training settings. */
export type TrainFlags = StreamFlags & {
  readonly preset?: string
  readonly conditional?: true | readonly string[]
  readonly seed?: number
  readonly backend?: string
  readonly threads?: number
  readonly precision?: Precision
  readonly out?: string
  readonly resume?: string
  readonly acceptChanges?: boolean
  readonly watch?: boolean
  readonly bestBy?: string
  readonly json?: boolean
}

/** Adds the flags of `gankit train`: those of the table of training settings, and those of a run. */
export function addTrainFlags(command: Command): Command {
  command
    .option('--preset <name>', "one of the app's presets (mnist-digits: quick, full, algorithm-1)")
    .option(
      '--data <spec>',
      "embedded, folder:PATH, …: 'gankit data kinds' lists them; NAME=SPEC for each of several streams, as in photos=folder:PATH",
      (text: string, before: readonly string[] = []) => [...before, text],
    )
    .option(
      '--conditional [names]',
      "condition the generator on attributes of the data, as in hair-color,glasses (default: the app's)",
      parseNames,
    )
  for (const flag of trainingFlags) command.addOption(createOption(flag))
  command.option(
    '--seed <n>',
    'seed of all random numbers: the same seed, backend and threads give the same weights (default: 0)',
    parseInteger(0),
  )
  addBackendFlags(
    addStreamFlags(command)
      .addOption(
        new Option(
          '--direction <way>',
          'of pairs:PATH and unpaired:PATH: which side is given to the first of two streams',
        ).choices(['a-to-b', 'b-to-a']),
      )
      .option('--no-allow-skipped', 'with --resume: end where more than 5% of the files can’t be read'),
  )
    .addOption(
      new Option('--precision <name>', 'mixed: 16-bit products where the backend has them').choices([
        'float32',
        'mixed',
      ]),
    )
    .option('--out <folder>', 'the run directory, new or empty (default: runs/<app>/<when>-<seed>)')
    .option(
      '--resume <run>',
      "go on with a run from its last checkpoint: its folder, 'latest', or the beginning of its name",
    )
    .option('--accept-changes', 'with --resume: go on although flags or data differ from those of the run')
    .option('--watch', 'serve a page, to this machine alone, that shows the run and steers it')
    .option('--json', 'print the result as one JSON object; all else goes to standard error')
  return command
}

/** The flag of a training setting, with its default in the help where it has one. */
function createOption({ text, help, value, setting }: TrainingFlag): Option {
  const row = trainingSettings[setting] as { readonly default?: unknown }
  const option = new Option(text, row.default === undefined ? help : `${help} (default: ${row.default})`)
  // Names are checked later, where the error can say which name it was.
  return text.includes('<') && value.isName !== true ? option.argParser(parseValue(value)) : option
}
