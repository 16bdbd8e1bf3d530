import { Command } from 'commander'
import { wholeNumber } from './numbers.ts'
import type { Output } from './output.ts'
import type { WalkFlags } from './walk/walk-and-write.ts'

/** `gankit walk <run|model|app>`. */
export function walkCommand(output: Output): Command {
  return new Command('walk')
    .description('show how samples turn into one another as latents go along closed paths: an animation')
    .argument('<run|model|app>', 'a run directory, a folder with a model.json, or an app')
    .option('--count <n>', 'paths, each a tile of the picture', wholeNumber(1, 400), 16)
    .option('--stops <n>', 'latents on each path', wholeNumber(2, 100), 6)
    .option('--frames <n>', 'pictures from one stop to the next', wholeNumber(1, 200), 12)
    .option('--seed <n>', 'another seed draws other stops', wholeNumber(0), 0)
    .option('--delay <ms>', 'how long each picture stays, in steps of 10 ms', wholeNumber(20, 10_000), 60)
    .option('--best', 'of a run the generator of its best step, where it measured that')
    .requiredOption(
      '--out <file.gif>',
      'where the animation is written; a .png has each path as a row of samples',
    )
    .action(async (source: string, flags: WalkFlags) =>
      (await import('./walk/walk-and-write.ts')).walkAndWrite(source, flags, output),
    )
}
