import { GankitError } from '@gankit/core'
import { writeFileAtomic } from '@gankit/core/node'
import { drawArithmetic } from '@gankit/inference'
import { encodePng, tileGrid } from '@gankit/visualization'
import { drawing } from '../terminal/filter.ts'
import { checkImages, gridScale, showPicture } from '../terminal/pictures.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { checkDrawn } from './drawn-inputs.ts'
import { openSource, type SourceOptions } from './find.ts'

/** What was typed behind `gankit arithmetic`. */
export interface ArithmeticFlags extends SourceOptions {
  readonly a: readonly number[]
  readonly b?: readonly number[]
  readonly c?: readonly number[]
  readonly seed: number
  readonly out: string
}

/** Calculates with the noise of chosen samples, and writes what a generator makes of it. @throws GankitError for bad input */
export async function writeArithmetic(
  name: string,
  { a, b, c, seed, out, ...which }: ArithmeticFlags,
  { out: stdout }: Terminal,
): Promise<void> {
  if (!b !== !c)
    throw new GankitError(
      'cli',
      'option',
      `got ${b ? '--b' : '--c'} without ${b ? '--c' : '--b'}, expected both, for A − B + C, or neither, for the average of A`,
    )
  const opened = await openSource(name, which)
  checkDrawn(opened, 'arithmetic')
  const { source, generator } = opened
  checkImages(source, generator.sampleShape, 'a picture of their averages')
  const grid = await drawArithmetic(generator, { a, ...(b && { b }), ...(c && { c }) }, seed)
  generator.dispose()
  const picture = tileGrid({ ...grid, scale: gridScale(grid.sampleShape) })
  await writeFileAtomic(out, encodePng(picture))
  const shown = showPicture(picture, stdout)
  if (shown) stdout.write(drawing(`${shown}\n\n`))
  const what = b ? 'A − B + C' : 'The average'
  stdout.write(`${what} of chosen samples of ${source}, seed ${seed}: ${out}\n`)
}
