import {
  checkInteger,
  checkOption,
  conditionSize,
  GankitError,
  type Generator,
  randomStream,
  sizeOfShape,
} from '@gankit/core'
import { embedInputs, openParts } from './captions.ts'
import { drawInputs, type GivenInputs } from './inputs.ts'
import { sample } from './sample.ts'
import { arrangeArithmetic, checkFloats, type SampleGrid } from './sample-grid.ts'

/** Which samples of a seed are averaged, counted from 0; b and c stand together or not at all. */
export interface ChosenSamples {
  readonly a: readonly number[]
  readonly b?: readonly number[]
  readonly c?: readonly number[]
}

/**
 * Chosen samples, their averages, and with b and c A − B + C of these amid 8 neighbors: calculated with the inputs,
 * then drawn (Radford et al. 2016, arXiv 1511.06434, figure 7).
 * @throws GankitError for lists that are empty or lack their partner, a generator without noise, and one whose condition is tokens
 *   that have no embeddings
 */
export async function drawArithmetic(
  generator: Generator,
  { a, b, c }: ChosenSamples,
  seed: number,
  given?: GivenInputs,
): Promise<SampleGrid> {
  if (!b !== !c)
    throw new GankitError(
      'inference',
      'option',
      `got ${b ? 'b' : 'c'} without ${b ? 'c' : 'b'}, expected both, for A − B + C, or neither, for the average of A`,
    )
  const { noise, sampleShape } = generator
  if (!noise || (generator.condition?.kind === 'tokens' && !openParts(generator)))
    throw new GankitError(
      'inference',
      'option',
      `the generator takes ${noise ? 'tokens' : 'no noise'}, expected noise and no tokens, which can't be averaged`,
    )
  const lists = b && c ? [a, b, c] : [a]
  for (const list of lists) checkList(list)
  const [calculator, drawn] = await embedInputs(
    generator,
    drawInputs(generator, 1 + Math.max(...lists.flat()), seed, given),
  )
  const { condition } = calculator
  const rows = calculateRows(drawn.noise!, noise.size, lists, (...of) => sumAndNeighbors(...of, seed))
  const inputs = {
    count: rows.length / noise.size,
    noise: rows,
    ...(condition && {
      condition: calculateRows(drawn.condition as Float32Array, conditionSize(condition), lists, nineSums),
    }),
  }
  const samples = checkFloats(await sample(calculator, inputs, { seed }))
  const size = sizeOfShape(sampleShape)
  const each = Array.from({ length: inputs.count }, (_, i) => samples.subarray(i * size, (i + 1) * size))
  const take = (n: number) => each.splice(0, n)
  const chosen = lists.map(list => take(list.length))
  const averages = take(lists.length)
  return arrangeArithmetic(
    chosen.map((samples, i) => ({ chosen: samples, average: averages[i]! })),
    each,
    sampleShape,
  )
}

function checkList(list: readonly number[]): void {
  checkOption('inference', 'the number of chosen samples', list.length, list.length > 0, 'one or more')
  for (const number of list) checkInteger('inference', 'a chosen sample', number, 0)
}

type Calculation = (a: Float64Array, b: Float64Array, c: Float64Array) => Float32Array

/** The rows of all lists, their averages, and what is calculated from three of these. @returns [n, size] */
function calculateRows(
  numbers: Float32Array,
  size: number,
  lists: readonly (readonly number[])[],
  calculate: Calculation,
): Float32Array {
  const averages = lists.map(rows => averageRows(numbers, size, rows))
  const [a, b, c] = averages
  const result = b && c ? calculate(a!, b, c) : new Float32Array()
  const chosen = lists.flat().map(row => numbers.subarray(row * size, (row + 1) * size))
  return Float32Array.from([...chosen, ...averages, result].flatMap(part => [...part]))
}

/**
 * The average of chosen rows.
 * @param numbers [n, size]
 * @param rows which of them
 * @returns [size]
 */
export function averageRows(numbers: Float32Array, size: number, rows: readonly number[]): Float64Array {
  const average = new Float64Array(size)
  for (const row of rows) for (let i = 0; i < size; i++) average[i]! += numbers[row * size + i]! / rows.length
  return average
}

/** How far each number of a neighbor lies from that of the result, at most; as in the paper. */
const maxOffset = 0.25

/**
 * A − B + C of noise and 8 neighbors around it, to which uniform noise of ±0.25 is added (Radford et al. 2016, arXiv
 * 1511.06434, figure 7), row by row as a square of 3 × 3, the exact one in its middle.
 * @returns [9, size]
 */
export function sumAndNeighbors(
  a: Float64Array,
  b: Float64Array,
  c: Float64Array,
  seed: number,
): Float32Array {
  const size = a.length
  const random = randomStream(seed, 'arithmetic/noise')
  const rows = nineSums(a, b, c)
  for (let place = 0; place < 9; place++) {
    if (place === 4) continue
    const offsets = random.uniform(size, -maxOffset, maxOffset)
    rows.set(
      a.map((value, i) => value - b[i]! + c[i]! + offsets[i]!),
      place * size,
    )
  }
  return rows
}

/** A − B + C, nine times: neighbors differ in noise, not in their condition. */
function nineSums(a: Float64Array, b: Float64Array, c: Float64Array): Float32Array {
  const sum = a.map((value, i) => value - b[i]! + c[i]!)
  const rows = new Float32Array(9 * a.length)
  for (let place = 0; place < 9; place++) rows.set(sum, place * a.length)
  return rows
}
