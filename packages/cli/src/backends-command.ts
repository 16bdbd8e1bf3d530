import { Argument, Command, Option } from 'commander'
import type { InstallFlags, SurveyFlags } from './backends-actions.ts'
import { stoppable } from './interrupt.ts'
import { wholeNumber } from './numbers.ts'
import type { Output } from './output.ts'

/** `gankit backends`, and below it `install native` and `remove native`. */
export function backendsCommand(output: Output): Command {
  return new Command('backends')
    .description('what can train on this machine, how fast, and what to type for the rest')
    .option('--json', 'print the findings as one JSON object')
    .option('--no-speed', 'start each backend, but measure none')
    .option('--threads <n>', 'threads of wasm and of native TensorFlow', wholeNumber(1, 8))
    .action((flags: SurveyFlags) =>
      stoppable(output.progress, async signal =>
        (await import('./backends-actions.ts')).survey(flags, output, signal),
      ),
    )
    .addCommand(
      new Command('install')
        .description("install native TensorFlow into gankit's cache folder; projects stay as they are")
        .addArgument(what())
        .option('--gpu', 'for CUDA: tfjs-node-gpu and the CUDA libraries')
        .addOption(
          new Option('--source <name>', "tfjs-node's own download, or a wheel from pip").choices([
            'release',
            'wheel',
          ]),
        )
        .option('--tensorflow <version>', 'the wheel to build against')
        .action((_: string, flags: InstallFlags) =>
          stoppable(output.progress, async signal =>
            (await import('./backends-actions.ts')).install(flags, output, signal),
          ),
        ),
    )
    .addCommand(
      new Command('remove')
        .description("remove what 'install' installed")
        .addArgument(what())
        .action(async () => (await import('./backends-actions.ts')).remove(output)),
    )
}

function what(): Argument {
  return new Argument('<what>', 'native TensorFlow').choices(['native'])
}
