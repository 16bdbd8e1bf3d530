import { Command } from 'commander'
import type { Output } from './output.ts'
import type { InspectRunFlags } from './runs/inspect-run.ts'

/** `gankit inspect <run>`. */
export function inspectCommand(output: Output): Command {
  return new Command('inspect')
    .description('look at a run: its curves, samples and findings; and write its report')
    .argument('<run>', 'a run directory')
    .option('--out <file.html>', 'where the report is written (default: report.html in the run directory)')
    .option('--json', 'print the run as one JSON object')
    .action(async (run: string, flags: InspectRunFlags) =>
      (await import('./runs/inspect-run.ts')).inspectRun(run, flags, output),
    )
}
