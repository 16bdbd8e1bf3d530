import { GankitError } from '@gankit/core'
import { drawFrom, drawLatents } from '@gankit/trainer'
import { type SavedGenerator, writeAside } from '@gankit/trainer/node'
import { encodePng, type Picture, terminalPreview } from '@gankit/visualization'
import { endingOf } from '../file-ending.ts'
import { openGenerator } from '../generator-source.ts'
import { detectStreamColor, type Output } from '../output.ts'
import { averageOfRows, sumAndNeighbours } from './latent-arithmetic.ts'
import { layOut } from './layout.ts'

/** Which samples of the seed are averaged, counted from 0; b and c stand together or not at all. */
interface Chosen {
  readonly a: readonly number[]
  readonly b?: readonly number[]
  readonly c?: readonly number[]
}

export interface ArithmeticFlags extends Chosen {
  readonly seed: number
  readonly best?: boolean
  readonly out: string
}

/** Calculates with the latents of chosen samples, and writes what a generator makes of it. */
export async function arithmeticAndWrite(
  source: string,
  { a, b, c, seed, out, best = false }: ArithmeticFlags,
  output: Output,
): Promise<void> {
  endingOf('--out', out, ['.png'])
  if (!b !== !c)
    throw new GankitError(
      'cli',
      'option',
      `got ${b ? '--b' : '--c'} without ${b ? '--c' : '--b'}, expected both, for A − B + C, or neither, for the average of A`,
    )
  const saved = await openGenerator(source, { best })
  const picture = await drawArithmetic(saved, { a, ...(b && { b }), ...(c && { c }) }, seed)
  saved.generator.dispose()
  await writeAside(out, encodePng(picture))
  const { columns = 80 } = output.out
  output.out.write(terminalPreview(picture, { columns, rows: 18, color: detectStreamColor(output.out) }))
  const what = b ? 'A − B + C' : 'The average'
  output.out.write(`\n${what} of chosen samples of ${source}, seed ${seed}: ${out}\n`)
}

/** Chosen samples, their averages and A − B + C in one picture. */
export async function drawArithmetic(
  { generator, latent }: SavedGenerator,
  { a, b, c }: Chosen,
  seed: number,
): Promise<Picture> {
  const { size } = latent
  const lists = b && c ? [a, b, c] : [a]
  const latents = drawLatents(latent, 1 + Math.max(...lists.flat()), seed)
  const averages = lists.map(rows => averageOfRows(latents, size, rows))
  const [ofA, ofB, ofC] = averages
  const result = ofB && ofC ? sumAndNeighbours(ofA!, ofB, ofC, seed) : new Float32Array()

  const chosen = lists.flat().map(row => latents.subarray(row * size, (row + 1) * size))
  const asked = Float32Array.from([...chosen, ...averages, result].flatMap(part => [...part]))
  const count = asked.length / size
  const { samples, sampleShape } = await drawFrom(generator, asked, count)
  const each = Array.from({ length: count }, (_, i) =>
    samples.subarray((i * samples.length) / count, ((i + 1) * samples.length) / count),
  )
  const take = (n: number) => each.splice(0, n)
  const ofLists = lists.map(rows => take(rows.length))
  const ofAverages = take(lists.length)
  const rows = ofLists.map((chosen, i) => ({ chosen, average: ofAverages[i]! }))
  return layOut(rows, each, sampleShape)
}
