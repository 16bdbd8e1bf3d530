import { Argument, Command, Option } from 'commander'
import { addThreadsFlag, parseVersion } from '../terminal/flags.ts'
import { runUntilSignal } from '../terminal/interrupt.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { InstallFlags, SurveyFlags } from './run.ts'

/** `gankit backends`, and below it `install native` and `remove native`. */
export function backendsCommand(terminal: Terminal): Command {
  const command = new Command('backends')
    .description('list what can train on this machine, how fast it is, and how to get the rest')
    .option('--json', 'print the result as one JSON object')
    .option('--no-speed', 'start each backend, but measure none')
    .action((flags: SurveyFlags) =>
      runUntilSignal(terminal, async signal =>
        (await import('./run.ts')).printSurvey(flags, terminal, signal),
      ),
    )
  return addThreadsFlag(command).addCommand(installCommand(terminal)).addCommand(removeCommand(terminal))
}

function installCommand(terminal: Terminal): Command {
  return new Command('install')
    .description("install native TensorFlow into gankit's cache folder; projects stay as they are")
    .addArgument(whatArgument())
    .option('--gpu', 'for CUDA: tfjs-node-gpu and the CUDA libraries')
    .addOption(
      new Option(
        '--source <name>',
        "a wheel from pip (default), or tfjs-node's own download, which has no hash",
      ).choices(['release', 'wheel']),
    )
    .option('--tensorflow <version>', 'the version of the wheel to build against', parseVersion)
    .action((_: string, flags: InstallFlags) =>
      runUntilSignal(terminal, async signal =>
        (await import('./run.ts')).installBackend(flags, terminal, signal),
      ),
    )
}

function removeCommand(terminal: Terminal): Command {
  return new Command('remove')
    .description("remove what 'install' installed")
    .addArgument(whatArgument())
    .action(async () => (await import('./run.ts')).removeBackend(terminal))
}

function whatArgument(): Argument {
  return new Argument('<what>', 'native TensorFlow').choices(['native'])
}
