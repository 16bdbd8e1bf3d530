import { Command } from 'commander'
import { parseFileName } from '../terminal/flags.ts'
import { runUntilSignal } from '../terminal/interrupt.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { addDataFlags } from './flags.ts'
import type { InspectDataFlags } from './inspect.ts'

/** `gankit data inspect <spec>` and `gankit data kinds`. */
export function dataCommand(terminal: Terminal): Command {
  const inspect = new Command('inspect')
    .description(
      'count the samples of data, measure how fast they load, say what is odd about them, and show some',
    )
    .argument('<spec>', 'embedded, folder:PATH, cartoon:20000, birds:20000, …')
    .option('--out <file.png>', 'save the grid of samples there', parseFileName('.png'))
    .option('--json', 'print the result as one JSON object')
    .action((spec: string, flags: InspectDataFlags) =>
      runUntilSignal(
        terminal,
        async signal => (await import('./inspect.ts')).inspectData(spec, flags, terminal, signal),
        'packed files are kept',
      ),
    )
  return new Command('data')
    .description('look at the data that training would get')
    .addCommand(addDataFlags(inspect))
    .addCommand(
      new Command('kinds')
        .description('list the kinds of data, and how to name them')
        .action(async () => (await import('./kinds.ts')).listKinds(terminal)),
    )
}
