import { Command } from 'commander'
import type { Terminal } from '../terminal/terminal.ts'
import { addTrainFlags, type TrainFlags } from './flags.ts'

/** `gankit train [app]`. */
export function trainCommand(terminal: Terminal): Command {
  const command = new Command('train')
    .description('train an app, and leave a run directory with samples, checkpoints and the generator')
    .argument('[app]', 'the app, such as mnist-digits, or the folder of one, such as ./my-app')
    .action(async (app: string | undefined, flags: TrainFlags) =>
      (await import('./run.ts')).trainAndReport(app, flags, terminal),
    )
  return addTrainFlags(command)
}
