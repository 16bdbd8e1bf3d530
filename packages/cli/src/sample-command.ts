import { drawFrom, drawLatents } from '@gankit/trainer'
import { writeAside } from '@gankit/trainer/node'
import { encodePng, terminalPreview, tileGrid } from '@gankit/visualization'
import { Command } from 'commander'
import { type Attributes, askFor, attributesIn } from './ask-for.ts'
import { endingOf } from './file-ending.ts'
import { openGenerator } from './generator-source.ts'
import { wholeNumber } from './numbers.ts'
import { detectStreamColor, type Output } from './output.ts'

interface SampleFlags {
  readonly count: number
  readonly seed: number
  readonly attributes?: Attributes
  readonly best?: boolean
  readonly out: string
}

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
    .action(async (source: string, { count, seed, attributes, out, ...which }: SampleFlags) => {
      endingOf('--out', out, ['.png'])
      const { generator, latent } = await openGenerator(source, which)
      const latents = drawLatents(latent, count, seed)
      if (attributes) askFor(latents, latent, attributes)
      const samples = await drawFrom(generator, latents, count)
      await writeAside(out, encodePng(tileGrid({ ...samples, scale: 2 })))
      const { columns = 80 } = output.out
      output.out.write(terminalPreview(samples, { columns, rows: 18, color: detectStreamColor(output.out) }))
      output.out.write(`\n${count} samples of ${source}, seed ${seed}: ${out}\n`)
    })
}
