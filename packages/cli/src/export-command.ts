import { Command, Option } from 'commander'
import type { ExportFlags } from './export/export-flags.ts'
import type { Output } from './output.ts'

/** `gankit export <run|model|app>`. */
export function exportCommand(output: Output): Command {
  return new Command('export')
    .description(
      'take a generator elsewhere: a TensorFlow.js model, one of half the size, or a page that draws',
    )
    .argument('<run|model|app>', 'a run directory, a folder with a model.json, or an app')
    .addOption(
      new Option(
        '--to <kind>',
        'tfjs: model.json and weights.bin; half: the same with 16-bit weights; html: one file that draws samples',
      )
        .choices(['tfjs', 'half', 'html'])
        .makeOptionMandatory(),
    )
    .requiredOption('--out <path>', 'a new or empty folder; of html a file name')
    .option('--best', 'of a run the generator of its best step, where it measured that')
    .action(async (source: string, flags: ExportFlags) =>
      (await import('./export/export-generator.ts')).exportGenerator(source, flags, output),
    )
}
