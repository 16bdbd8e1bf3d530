import { existsSync } from 'node:fs'
import { extname, join } from 'node:path'
import { GankitError } from '@gankit/core'
import { selectBackend } from '@gankit/runtime/node'
import { drawSamples } from '@gankit/trainer'
import { loadGenerator, writeAside } from '@gankit/trainer/node'
import { encodePng, terminalPreview, tileGrid } from '@gankit/visualization'
import { Command } from 'commander'
import { wholeNumber } from './numbers.ts'
import { colourOf, type Output } from './output.ts'

interface SampleFlags {
  readonly count: number
  readonly seed: number
  readonly out: string
}

/** `gankit sample <run|model>`. */
export function sampleCommand(output: Output): Command {
  return new Command('sample')
    .description('draw new samples with the generator of a run, or of a folder with a model.json')
    .argument('<run|model>', 'a run directory or a model folder')
    .option('--count <n>', 'how many', wholeNumber(1, 10_000), 64)
    .option('--seed <n>', 'another seed draws others', wholeNumber(0), 0)
    .requiredOption('--out <file.png>', 'where the grid is written')
    .action(async (source: string, { count, seed, out }: SampleFlags) => {
      if (extname(out).toLowerCase() !== '.png')
        throw new GankitError('cli', 'option', `--out is '${out}', expected a file name that ends in .png`)
      const folder = modelFolder(source)
      await selectBackend()
      const { generator, latent } = await loadGenerator(folder)
      const samples = await drawSamples(generator, latent, count, seed)
      await writeAside(out, encodePng(tileGrid({ ...samples, scale: 2 })))
      const { columns = 80 } = output.out
      output.out.write(terminalPreview(samples, { columns, rows: 18, colour: colourOf(output.out) }))
      output.out.write(`\n${count} samples of ${source}, seed ${seed}: ${out}\n`)
    })
}

/** A run keeps its generator in `model/`; a model folder is the model. */
function modelFolder(source: string): string {
  if (existsSync(join(source, 'config.json'))) return join(source, 'model')
  if (existsSync(join(source, 'model.json'))) return source
  const what = existsSync(source) ? 'holds neither config.json nor model.json' : 'does not exist'
  throw new GankitError(
    'cli',
    'file',
    `${source} ${what}, expected a run directory or a folder with a model.json`,
  )
}
