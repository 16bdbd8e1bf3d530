import { Command } from 'commander'
import { attributesIn } from './names.ts'
import { wholeNumber } from './numbers.ts'
import type { Output } from './output.ts'
import type { SampleFlags } from './sample-and-write.ts'

/** `gankit sample <run|model|app>`. */
export function sampleCommand(output: Output): Command {
  return new Command('sample')
    .description('draw new samples with the generator of a run, of a model folder, or that an app ships')
    .argument('<run|model|app>', 'a run directory, a folder with a model.json, or an app')
    .option('--count <n>', 'how many', wholeNumber(1, 10_000), 64)
    .option('--seed <n>', 'another seed draws others', wholeNumber(0), 0)
    .option('--attributes <name=value,…>', 'what is asked for: glasses=none,hair-color=red', attributesIn)
    .option('--best', 'of a run the generator of its best step, where it measured that')
    .requiredOption('--out <file.png>', 'where the grid is written')
    .action(async (source: string, flags: SampleFlags) =>
      (await import('./sample-and-write.ts')).sampleAndWrite(source, flags, output),
    )
}
