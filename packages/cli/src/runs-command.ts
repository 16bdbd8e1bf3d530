import { Command } from 'commander'
import type { Output } from './output.ts'

/** `gankit runs [folder]`. */
export function runsCommand(output: Output): Command {
  return new Command('runs')
    .description('list runs: how far they are, how they ended, their last losses')
    .argument('[folder]', 'where they are (default: runs)')
    .option('--json', 'print them as one JSON object')
    .action(async (folder: string | undefined, flags: { readonly json?: boolean }) =>
      (await import('./runs/list-runs.ts')).listRuns(folder, flags, output),
    )
}
