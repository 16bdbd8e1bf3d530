import { Command } from 'commander'
import type { Terminal } from '../terminal/terminal.ts'

/** `gankit apps`. */
export function appsCommand(terminal: Terminal): Command {
  return new Command('apps')
    .description('list the apps that are installed: what each learns, from which data, with which presets')
    .option('--json', 'print them as one JSON object')
    .action(async (flags: { readonly json?: boolean }) =>
      (await import('./list.ts')).printApps(flags, terminal),
    )
}
