import { Command, InvalidArgumentError } from 'commander'
import { addDataFlags } from '../data/flags.ts'
import {
  addBackendFlags,
  addGeneratorFlags,
  parseFileName,
  parseInteger,
  parseNames,
} from '../terminal/flags.ts'
import { runUntilSignal } from '../terminal/interrupt.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { EvaluateFlags } from './reference.ts'

/** `gankit evaluate <run|model|folder|app>`. */
export function evaluateCommand(terminal: Terminal): Command {
  const command = new Command('evaluate')
    .description('measure how good a generator or a folder of pictures is, beside what real samples score')
    .argument('<source>', 'a run, a folder with a model.json, an app, or pictures: a folder, a zip, any data')
    .option('--against <spec>', 'the real samples (default: what the run or app learned from)')
    .option('--metrics <names>', 'frechet-distance,coverage,… (default: all that are fast)', parseNames)
    .option(
      '--count <n>',
      'number of fakes, and of real samples (default: half of the data, at most 5,000)',
      parseInteger(2),
    )
    .option('--seeds <n>', 'number of measurements, each with other fakes', parseInteger(1, 100), 3)
    .option('--seed <n>', 'the first seed', parseInteger(0), 0)
    .option(
      '--extractor <name>',
      'digits, cartoon-faces, birds, pixels, or the folder of a TensorFlow.js model',
    )
    .option('--layer <name>', 'the layer of that model whose output is taken')
    .option('--range <low,high>', 'what that model takes for black and white (default: -1,1)', parseRange)
    .option(
      '--neighbors <file.png>',
      'draw fakes above the real samples that are nearest to them',
      parseFileName('.png'),
    )
    .option(
      '--segmenter <source>',
      "of outputs beside their targets: the run or app that gives labels to pictures, for fcn-score (default: the app's, where it knows the data)",
    )
    .option('--json', 'print the metrics as one JSON object')
    .action((source: string, flags: EvaluateFlags) =>
      runUntilSignal(terminal, async signal =>
        (await import('./run.ts')).printEvaluation(source, flags, terminal, signal),
      ),
    )
  return addDataFlags(addBackendFlags(addGeneratorFlags(command)))
}

function parseRange(text: string): [number, number] {
  const [low, high, ...more] = text.split(',').map(word => (word.trim() === '' ? Number.NaN : Number(word)))
  if (more.length > 0 || !(Number.isFinite(low) && Number.isFinite(high) && low! < high!))
    throw new InvalidArgumentError('Expected two numbers, the lower first, as in 0,1.')
  return [low!, high!]
}
