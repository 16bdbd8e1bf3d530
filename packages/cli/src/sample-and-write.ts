import { drawFrom, drawLatents } from '@gankit/trainer'
import { writeAside } from '@gankit/trainer/node'
import { encodePng, terminalPreview, tileGrid } from '@gankit/visualization'
import { askFor } from './ask-for.ts'
import { endingOf } from './file-ending.ts'
import { openGenerator } from './generator-source.ts'
import type { Attributes } from './names.ts'
import { colourOf, type Output } from './output.ts'

export interface SampleFlags {
  readonly count: number
  readonly seed: number
  readonly attributes?: Attributes
  readonly best?: boolean
  readonly out: string
}

/** Draws a grid of samples into a file, and shows it in the terminal. @throws GankitError for a source that draws nothing */
export async function sampleAndWrite(
  source: string,
  { count, seed, attributes, out, ...which }: SampleFlags,
  output: Output,
): Promise<void> {
  endingOf('--out', out, ['.png'])
  const { generator, latent } = await openGenerator(source, which)
  const latents = drawLatents(latent, count, seed)
  if (attributes) askFor(latents, latent, attributes)
  const samples = await drawFrom(generator, latents, count)
  await writeAside(out, encodePng(tileGrid({ ...samples, scale: 2 })))
  const { columns = 80 } = output.out
  output.out.write(terminalPreview(samples, { columns, rows: 18, colour: colourOf(output.out) }))
  output.out.write(`\n${count} samples of ${source}, seed ${seed}: ${out}\n`)
}
