import { Command } from 'commander'
import { wholeNumber } from './numbers.ts'
import type { Output } from './output.ts'
import type { SummaryFlags } from './summarize.ts'

/** `gankit summary <run|app>`. */
export function summaryCommand(output: Output): Command {
  return new Command('summary')
    .description('list the layers of both networks: shapes, parameters, multiply-adds, and what a step costs')
    .argument('<run|app>', 'a run directory, or an app')
    .option('--preset <name>', "one of the app's presets")
    .option('--batch <n>', 'samples in a batch (default: as it is trained)', wholeNumber(1))
    .option('--json', 'print it as one JSON object')
    .action(async (source: string, flags: SummaryFlags) => {
      const { summarize } = await import('./summarize.ts')
      output.out.write(await summarize(source, flags))
    })
}
