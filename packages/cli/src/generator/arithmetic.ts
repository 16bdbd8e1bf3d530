import { GankitError } from '@gankit/core'
import { writeFileAtomic } from '@gankit/core/node'
import { drawArithmetic } from '@gankit/inference'
import { encodePng, tileGrid } from '@gankit/visualization'
import { gridScale, previewPicture, showsPictures } from '../terminal/pictures.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { openSource } from './find.ts'

/** What was typed behind `gankit arithmetic`. */
export interface ArithmeticFlags {
  readonly a: readonly number[]
  readonly b?: readonly number[]
  readonly c?: readonly number[]
  readonly seed: number
  readonly best?: boolean
  readonly out: string
}

/** Calculates with the noise of chosen samples, and writes what a generator makes of it. @throws GankitError for bad input */
export async function writeArithmetic(
  name: string,
  { a, b, c, seed, out, best = false }: ArithmeticFlags,
  { out: stdout }: Terminal,
): Promise<void> {
  if (!b !== !c)
    throw new GankitError(
      'cli',
      'option',
      `got ${b ? '--b' : '--c'} without ${b ? '--c' : '--b'}, expected both, for A − B + C, or neither, for the average of A`,
    )
  const { source, generator } = await openSource(name, { best })
  const grid = await drawArithmetic(generator, { a, ...(b && { b }), ...(c && { c }) }, seed)
  generator.dispose()
  const picture = tileGrid({ ...grid, scale: gridScale(grid.sampleShape) })
  await writeFileAtomic(out, encodePng(picture))
  if (showsPictures(stdout)) stdout.write(`${previewPicture(picture, stdout)}\n\n`)
  const what = b ? 'A − B + C' : 'The average'
  stdout.write(`${what} of chosen samples of ${source}, seed ${seed}: ${out}\n`)
}
