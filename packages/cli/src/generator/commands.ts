import { Command, Option } from 'commander'
import { addGeneratorFlags, parseFileName, parseInteger, parseIntegers } from '../terminal/flags.ts'
import { runUntilSignal } from '../terminal/interrupt.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { ArithmeticFlags } from './arithmetic.ts'
import type { DrawFlags } from './draw.ts'
import type { ExportFlags } from './export.ts'
import type { SampleFlags } from './sample.ts'
import type { TranslateFlags } from './translate.ts'
import type { WalkFlags } from './walk.ts'

// The commands that use a trained generator, each with its flags. What they do is loaded when one runs.

/** What these commands take: a generator, by where it is. */
const source = [
  '<run|model|app>',
  "a run: its folder, 'latest', or the beginning of its name; a folder with a model.json; or an app",
] as const

/** `gankit sample <run|model|app>`. */
export function sampleCommand(terminal: Terminal): Command {
  const command = new Command('sample')
    .description('draw new samples with the generator of a run, of a model folder, or of an app')
    .argument(...source)
    .option('--count <n>', 'number of samples', parseInteger(1, 10_000), 64)
    .option('--seed <n>', 'seed of the noise', parseInteger(0), 0)
    .option('--attributes <name=value,…>', 'values to draw samples with: glasses=none,hair-color=red')
    .option('--out <file.png>', 'the file for a grid of them', parseFileName('.png', '.txt'))
    .option('--each <folder>', 'a new or empty folder for each sample as a picture of its own size')
    .action(async (source: string, flags: SampleFlags) =>
      (await import('./sample.ts')).writeSamples(source, flags, terminal),
    )
  return addGeneratorFlags(command)
}

/** `gankit draw <caption> [run|model|app]`. */
export function drawCommand(terminal: Terminal): Command {
  const command = new Command('draw')
    .description('draw what a caption says, in words that a generator has learned')
    .argument('[caption]', "what is to be drawn: 'curly red hair and round glasses'")
    .argument(
      '[run|model|app]',
      'whose generator draws (default: text-to-image, the generator that knows most of the words)',
    )
    .option(
      '--out <file.png>',
      'the file for the drawings; with --to a .gif too, which goes there and back',
      parseFileName('.png', '.gif'),
    )
    .option(
      '--count <n>',
      'number of drawings; with --to of rows or tiles (default: 9; with --to 4)',
      parseInteger(1, 400),
    )
    .option('--seed <n>', 'seed of the noise', parseInteger(0), 0)
    .option('--to <caption>', 'another caption, to which the drawings go step by step')
    .option(
      '--frames <n>',
      'drawings from one caption to the other, both included (default: 8; in a .gif 24)',
      parseInteger(2, 100),
    )
    .option('--words [run|model|app]', 'list the words that a generator knows, and draw nothing')
    .action(async (caption: string | undefined, source: string | undefined, flags: DrawFlags) =>
      (await import('./draw.ts')).drawCaption(caption, source, flags, terminal),
    )
  return addGeneratorFlags(command)
}

/** `gankit walk <run|model|app>`. */
export function walkCommand(terminal: Terminal): Command {
  const command = new Command('walk')
    .description('show samples that turn into one another along closed paths of noise, as an animation')
    .argument(...source)
    .option('--count <n>', 'number of paths, each a tile of the picture', parseInteger(1, 400), 16)
    .option('--stops <n>', 'samples on each path', parseInteger(2, 100), 6)
    .option('--frames <n>', 'frames from one sample on the path to the next', parseInteger(1, 200), 12)
    .option('--seed <n>', 'seed of the noise', parseInteger(0), 0)
    .option('--delay <ms>', 'time of each frame, in steps of 10 ms', parseInteger(20, 10_000), 60)
    .requiredOption(
      '--out <file.gif>',
      'the file for the animation; a .png shows each path as a row of samples',
      parseFileName('.gif', '.png'),
    )
    .action(async (source: string, flags: WalkFlags) =>
      (await import('./walk.ts')).writeWalk(source, flags, terminal),
    )
  return addGeneratorFlags(command)
}

/** `gankit arithmetic <run|model|app>`. */
export function arithmeticCommand(terminal: Terminal): Command {
  // The numbers that `gankit sample` can draw, and as many as fit in a row.
  const numbers = parseIntegers(0, 9_999, 100)
  const command = new Command('arithmetic')
    .description('calculate with noise: the averages of chosen samples, and A − B + C of these')
    .argument(...source)
    .requiredOption('--a <numbers>', "samples of 'gankit sample', from 0, row by row: 3,7,9", numbers)
    .option('--b <numbers>', 'samples whose average is subtracted', numbers)
    .option('--c <numbers>', 'samples whose average is added', numbers)
    .option('--seed <n>', "the seed of 'gankit sample'", parseInteger(0), 0)
    .requiredOption('--out <file.png>', 'the file for the picture', parseFileName('.png'))
    .action(async (source: string, flags: ArithmeticFlags) =>
      (await import('./arithmetic.ts')).writeArithmetic(source, flags, terminal),
    )
  return addGeneratorFlags(command)
}

/** `gankit translate <run|model|app> <picture…>`. */
export function translateCommand(terminal: Terminal): Command {
  const command = new Command('translate')
    .description('turn pictures of your own, of any size, into others: drawings into faces, small into large')
    .argument(...source)
    .argument('<picture...>', 'files, folders or zips of pictures')
    .requiredOption('--out <path>', 'a .png file for one picture; for several a new or empty folder')
    .addOption(
      new Option(
        '--by <way>',
        'whole: each picture squeezed into the size that the generator learned; tiles: in overlapping parts of that size (default: whole for a generator that sees its input as a whole, else tiles)',
      ).choices(['whole', 'tiles']),
    )
    .option('--overlap <pixels>', 'of tiles', parseInteger(0))
    .option(
      '--seed <n>',
      'seed of the noise of a generator with several answers (default: 0)',
      parseInteger(0),
    )
    .action(async (source: string, pictures: string[], flags: TranslateFlags) =>
      (await import('./translate.ts')).translatePictures(source, pictures, flags, terminal),
    )
  return addGeneratorFlags(command)
}

/** `gankit export <run|model|app>`. */
export function exportCommand(terminal: Terminal): Command {
  const command = new Command('export')
    .description(
      'copy a generator: as a TensorFlow.js model, as one of half the size, as ONNX, or as a page that draws or is drawn on',
    )
    .argument(...source)
    .addOption(
      new Option(
        '--to <kind>',
        'tfjs: model.json and weights.bin; half: the same with 16-bit weights; html: one page that draws samples, draws what one writes for a generator of captions, or that one draws on for a generator of pictures from pictures; onnx: one file for onnxruntime and others; onnx-half: the same with 16-bit weights',
      )
        .choices(['tfjs', 'half', 'html', 'onnx', 'onnx-half'])
        .makeOptionMandatory(),
    )
    .requiredOption('--out <path>', 'a new or empty folder; for html and onnx a file name')
    .option(
      '--examples <path>',
      'pictures to start from on a page that one draws on (default: inputs that were held out)',
    )
    .option('--no-examples', 'a page with nothing to start from')
    .action((source: string, flags: ExportFlags) =>
      runUntilSignal(
        terminal,
        async signal => (await import('./export.ts')).exportGenerator(source, flags, terminal, signal),
        'nothing was written',
      ),
    )
  return addGeneratorFlags(command)
}
