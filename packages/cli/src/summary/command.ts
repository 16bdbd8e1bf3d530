import { Command } from 'commander'
import { parseInteger } from '../terminal/flags.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { SummaryFlags } from './run.ts'

/** `gankit summary <run|app>`. */
export function summaryCommand(terminal: Terminal): Command {
  return new Command('summary')
    .description('list the layers of all networks: shapes, parameters, multiply-adds, and what a step costs')
    .argument('<run|app>', 'a run directory, or an app')
    .option('--preset <name>', "one of the app's presets")
    .option('--batch <n>', 'samples in a batch (default: that of the training)', parseInteger(1))
    .option('--json', 'print it as one JSON object')
    .action(async (source: string, flags: SummaryFlags) =>
      (await import('./run.ts')).printSummary(source, flags, terminal),
    )
}
