import { type Condition, checkInteger, conditionSize, GankitError, type Generator } from '@gankit/core'
import { embedInputs } from './captions.ts'
import {
  checkInputs,
  drawInputs,
  type GeneratorDescription,
  type GivenInputs,
  type InputNumbers,
} from './inputs.ts'
import { latentPath, lerp } from './latent-path.ts'
import { type Samples, sample } from './sample.ts'

/** The shape of a walk along closed paths. */
export interface Walk {
  /** Paths. */
  readonly count: number
  /** Samples that each path goes through, at least two. */
  readonly stops: number
  /** Frames from one stop to the next, the first of them the stop itself. */
  readonly frames: number
}

/**
 * The inputs of one frame of a walk along closed paths: frame 0 is at the first stops, frame stops · frames would be
 * there again. Stop s of path i is sample s · count + i, so that the first stops are the first samples of a seed.
 * Noise goes along `latentPath`, a condition along a line; tokens change half way.
 * @param stops the inputs of all stops, of stops · count samples
 * @returns the inputs of `count` samples
 * @throws GankitError for stops that don't fit the generator and the walk, and a generator without noise and condition
 */
export function walkInputs(
  generator: GeneratorDescription,
  stops: InputNumbers,
  walk: Walk,
  frame: number,
): InputNumbers {
  checkWalk(generator, walk)
  const { count, frames } = walk
  if (stops.count !== walk.stops * count)
    throw new GankitError(
      'inference',
      'data',
      `a walk got inputs of ${stops.count} samples, expected ${walk.stops} stops of ${count} paths`,
    )
  checkInputs(generator, stops)
  const { noise, condition } = generator
  const at: Place = { stop: Math.floor(frame / frames), share: (frame % frames) / frames }
  return {
    count,
    ...(noise && { noise: moveRows(stops.noise!, noise.size, latentPath(noise), walk, at) }),
    ...(condition && { condition: moveCondition(condition, stops.condition!, walk, at) }),
  }
}

/**
 * Samples along closed paths of a seed. Of a generator of captions their embeddings go along lines.
 * @returns the samples of each frame, `count` in each
 */
export async function drawWalk(
  generator: Generator,
  walk: Walk,
  seed: number,
  given?: GivenInputs,
): Promise<Samples[]> {
  checkWalk(generator, walk)
  const drawn = drawInputs(generator, walk.count * walk.stops, seed, given)
  const [mover, stops] = await embedInputs(generator, drawn)
  const frames: Samples[] = []
  for (let frame = 0; frame < walk.stops * walk.frames; frame++)
    frames.push(await sample(mover, walkInputs(mover, stops, walk, frame), { seed }))
  return frames
}

function checkWalk({ noise, condition }: GeneratorDescription, { count, stops, frames }: Walk): void {
  checkInteger('inference', 'count', count, 1)
  checkInteger('inference', 'stops', stops, 2)
  checkInteger('inference', 'frames', frames, 1)
  if (!noise && !condition)
    throw new GankitError(
      'inference',
      'option',
      'the generator takes neither noise nor a condition, expected one of them to walk along',
    )
}

/** Behind which stop a frame is, and which share of the way to the next one. */
interface Place {
  readonly stop: number
  readonly share: number
}

type RowPath = (a: Float32Array, b: Float32Array, share: number) => ArrayLike<number>

/** Row i of the result lies on path i. @returns [count, size] */
function moveRows(
  numbers: Float32Array,
  size: number,
  path: RowPath,
  { count, stops }: Walk,
  { stop, share }: Place,
): Float32Array {
  const rowAt = (stop: number, i: number) => {
    const row = (stop % stops) * count + i
    return numbers.subarray(row * size, (row + 1) * size)
  }
  const moved = new Float32Array(count * size)
  for (let i = 0; i < count; i++) moved.set(path(rowAt(stop, i), rowAt(stop + 1, i), share), i * size)
  return moved
}

function moveCondition(
  condition: Condition,
  numbers: Float32Array | Int32Array,
  walk: Walk,
  at: Place,
): Float32Array | Int32Array {
  const size = conditionSize(condition)
  if (condition.kind !== 'tokens') return moveRows(Float32Array.from(numbers), size, lerp, walk, at)
  const nearest: RowPath = (a, b, share) => (share < 0.5 ? a : b)
  // Exact: a token number is far below 2²⁴.
  return Int32Array.from(moveRows(Float32Array.from(numbers), size, nearest, walk, at))
}
