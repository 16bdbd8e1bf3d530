import { Command } from 'commander'
import { parseInteger } from '../terminal/flags.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { WatchFlags } from './run.ts'

/** `gankit watch [run]`. */
export function watchCommand(terminal: Terminal): Command {
  return new Command('watch')
    .description(
      'serve a page, to this machine alone, that shows a run while it is trained and steers it: pause, learning rate, checkpoint, stop',
    )
    .argument('[run]', "its folder, 'latest', or the beginning of its name (default: latest)")
    .option('--port <n>', 'the port of the page (default: a free one)', parseInteger(1, 65_535))
    .option('--open', 'open the page in the browser')
    .action(async (run: string | undefined, flags: WatchFlags) =>
      (await import('./run.ts')).watchRun(run, flags, terminal),
    )
}
