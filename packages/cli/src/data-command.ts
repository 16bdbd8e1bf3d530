import { Command } from 'commander'
import { withDataFlags } from './data-flags.ts'
import type { InspectFlags } from './inspect-and-report.ts'
import { stoppable } from './interrupt.ts'
import type { Output } from './output.ts'

/** `gankit data inspect <spec>` and `gankit data kinds`. */
export function dataCommand(output: Output): Command {
  const inspect = new Command('inspect')
    .description('count data, measure how fast they come, and draw a grid of them')
    .argument('<spec>', 'embedded, folder:PATH, cartoon:20000, …')
    .option('--out <file.png>', 'where the grid is written (default: <kind>.png)')
    .option('--json', 'print the findings as one JSON object')
    .action((spec: string, flags: InspectFlags) =>
      stoppable(
        output.progress,
        async signal =>
          (await import('./inspect-and-report.ts')).inspectAndReport(spec, flags, output, signal),
        'what is packed is kept',
      ),
    )
  return new Command('data')
    .description('look at the data that training would get')
    .addCommand(withDataFlags(inspect))
    .addCommand(
      new Command('kinds')
        .description('list the kinds of data, and how to name them')
        .action(async () => (await import('./kinds-list.ts')).listKinds(output)),
    )
}
