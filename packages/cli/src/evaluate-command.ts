import { Command, InvalidArgumentError } from 'commander'
import { withDataFlags } from './data-flags.ts'
import type { EvaluateFlags } from './evaluate/evaluate-flags.ts'
import { stoppable } from './interrupt.ts'
import { names } from './names.ts'
import { wholeNumber } from './numbers.ts'
import type { Output } from './output.ts'

/** `gankit evaluate <run|model|folder|app>`. */
export function evaluateCommand(output: Output): Command {
  const command = new Command('evaluate')
    .description('measure how good a generator or a folder of pictures is, beside what real samples come to')
    .argument('<source>', 'a run, a folder with a model.json, an app, or pictures: a folder, a zip, any data')
    .option('--against <spec>', 'the real samples (default: what the run or app learned from)')
    .option('--metrics <names>', 'frechet-distance,coverage,… (default: all that are quick)', names)
    .option(
      '--count <n>',
      'fakes, and real samples (default: half of the data, at most 5,000)',
      wholeNumber(2),
    )
    .option('--seeds <n>', 'how often it is measured, with other fakes', wholeNumber(1, 100), 3)
    .option('--seed <n>', 'the first seed', wholeNumber(0), 0)
    .option('--extractor <name>', 'digits, cartoon-faces, pixels, or the folder of a TensorFlow.js model')
    .option('--layer <name>', 'of such a model the layer whose output is taken')
    .option('--range <low,high>', 'what such a model takes for black and white (default: -1,1)', range)
    .option('--best', 'of a run the generator of its best step, where it measured that')
    .option('--neighbours <file.png>', 'draw fakes above the real samples that are nearest to them')
    .option('--backend <name>', 'auto, tensorflow, webgpu, wasm or cpu')
    .option('--threads <n>', 'threads of wasm and of native TensorFlow', wholeNumber(1, 8))
    .option('--json', 'print the figures as one JSON object')
    .action((source: string, flags: EvaluateFlags) =>
      stoppable(output.progress, async signal =>
        (await import('./evaluate/evaluate-and-report.ts')).evaluateAndReport(source, flags, output, signal),
      ),
    )
  return withDataFlags(command)
}

function range(text: string): [number, number] {
  const [low, high, ...more] = text.split(',').map(Number)
  if (more.length > 0 || !(Number.isFinite(low) && Number.isFinite(high) && low! < high!))
    throw new InvalidArgumentError('Expected two numbers, the lower first, as in 0,1.')
  return [low!, high!]
}
