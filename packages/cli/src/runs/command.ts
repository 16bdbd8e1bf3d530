import { Command } from 'commander'
import { parseFileName, parseInteger } from '../terminal/flags.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { InspectRunFlags } from './inspect.ts'

/** `gankit runs [folder]`. */
export function runsCommand(terminal: Terminal): Command {
  return new Command('runs')
    .description('list runs: how far they are, how they ended, their last losses')
    .argument('[folder]', 'the folder with the runs (default: runs)')
    .option('--json', 'print them as one JSON object')
    .action(async (folder: string | undefined, flags: { readonly json?: boolean }) =>
      (await import('./list.ts')).listRuns(folder, flags, terminal),
    )
}

/** `gankit inspect <run>`. */
export function inspectCommand(terminal: Terminal): Command {
  return new Command('inspect')
    .description('look at a run: its curves, samples and findings; and write its report')
    .argument('<run>', "its folder, 'latest', or the beginning of its name")
    .option(
      '--out <file.html>',
      'the file for the report (default: report.html in the run directory)',
      parseFileName('.html'),
    )
    .option(
      '--animation <file.gif>',
      'write its samples over the steps too: .gif, or .png for an animated PNG with all colors',
      parseFileName('.gif', '.png'),
    )
    .option('--fps <n>', 'with --animation: grids a second (default: 6)', parseInteger(1, 50))
    .option(
      '--width <pixels>',
      'with --animation: the most that it is wide (default: 720)',
      parseInteger(64, 4096),
    )
    .option('--json', 'print the run as one JSON object')
    .action(async (run: string, flags: InspectRunFlags) =>
      (await import('./inspect.ts')).inspectRun(run, flags, terminal),
    )
}
