import { writeFileAtomic } from '@gankit/core/node'
import { drawInputs, parseAttributes, sample, setConditions } from '@gankit/inference'
import { drawing } from '../terminal/filter.ts'
import { drawSamplesPicture, encodeSamplesPicture, previewSamples } from '../terminal/pictures.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { openSource } from './find.ts'

/** What was typed behind `gankit sample`. */
export interface SampleFlags {
  readonly count: number
  readonly seed: number
  /** 'glasses=none,hair-color=red' */
  readonly attributes?: string
  readonly best?: boolean
  readonly out: string
}

/** Draws samples, writes them as a picture or as text, and shows some. @throws GankitError for bad input */
export async function writeSamples(
  source: string,
  { count, seed, attributes, out, ...which }: SampleFlags,
  { out: stdout }: Terminal,
): Promise<void> {
  const chosen = attributes === undefined ? undefined : parseAttributes(attributes)
  const { generator } = await openSource(source, which)
  const inputs = drawInputs(generator, count, seed)
  if (chosen) setConditions(inputs, generator, chosen)
  const drawn = drawSamplesPicture(await sample(generator, inputs, { seed }))
  generator.dispose()
  await writeFileAtomic(out, encodeSamplesPicture(drawn))
  stdout.write(drawing(previewSamples(drawn, stdout)))
  stdout.write(`\n${count} samples of ${source}, seed ${seed}: ${out}\n`)
}
