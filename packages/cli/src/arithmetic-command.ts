import { Command } from 'commander'
import type { ArithmeticFlags } from './arithmetic/arithmetic-and-write.ts'
import { wholeNumber, wholeNumbers } from './numbers.ts'
import type { Output } from './output.ts'

/** `gankit arithmetic <run|model|app>`. */
export function arithmeticCommand(output: Output): Command {
  // As many as `gankit sample` draws, and as stand in a row.
  const numbers = wholeNumbers(0, 9_999, 100)
  return new Command('arithmetic')
    .description('calculate with latents: the averages of chosen samples, and A − B + C of them')
    .argument('<run|model|app>', 'a run directory, a folder with a model.json, or an app')
    .requiredOption('--a <numbers>', "samples of 'gankit sample', from 0 row by row, as in 3,7,9", numbers)
    .option('--b <numbers>', 'samples whose average is taken away', numbers)
    .option('--c <numbers>', 'samples whose average is added', numbers)
    .option('--seed <n>', "the seed of 'gankit sample'", wholeNumber(0), 0)
    .option('--best', 'of a run the generator of its best step, where it measured that')
    .requiredOption('--out <file.png>', 'where the picture is written')
    .action(async (source: string, flags: ArithmeticFlags) =>
      (await import('./arithmetic/arithmetic-and-write.ts')).arithmeticAndWrite(source, flags, output),
    )
}
