import { GankitError } from '@gankit/core'
import { type Drawn, drawFrom, drawLatents } from '@gankit/trainer'
import { type SavedGenerator, writeAside } from '@gankit/trainer/node'
import { encodeGif, encodePng, type Picture, tileGrid } from '@gankit/visualization'
import { enlargement } from '../enlargement.ts'
import { endingOf } from '../file-ending.ts'
import { openGenerator } from '../generator-source.ts'
import type { Output } from '../output.ts'
import { frameOfWalk, type Walk } from './closed-paths.ts'

export interface WalkFlags extends Walk {
  readonly seed: number
  /** Milliseconds. */
  readonly delay: number
  readonly best?: boolean
  readonly out: string
}

/** The most pictures in an animation, and the most samples in a row of a picture. */
const most = { '.gif': 1000, '.png': 100 } as const

/** Draws what a generator makes of closed paths among latents, and writes it as an animation or a picture. */
export async function walkAndWrite(
  source: string,
  { out, seed, delay, best = false, ...walk }: WalkFlags,
  output: Output,
): Promise<void> {
  const ending = endingOf('--out', out, ['.gif', '.png'])
  const length = walk.stops * walk.frames
  if (length > most[ending])
    throw new GankitError(
      'cli',
      'option',
      `--stops ${walk.stops} times --frames ${walk.frames} is ${length}, expected at most ${most[ending]} for a ${ending}`,
    )
  const saved = await openGenerator(source, { best })
  const drawn = await drawWalk(saved, walk, seed)
  saved.generator.dispose()
  await writeAside(
    out,
    ending === '.gif' ? encodeGif(drawn.map(gridOf), { delay }) : encodePng(rowsOf(drawn)),
  )
  const paths = `${walk.count} path${walk.count === 1 ? '' : 's'} through ${walk.stops} samples`
  output.out.write(`${paths} of ${source}, ${length} pictures, seed ${seed}: ${out}\n`)
}

/** @returns the samples of each frame, [count, ...sampleShape] */
export async function drawWalk(
  { generator, latent }: SavedGenerator,
  walk: Walk,
  seed: number,
): Promise<Drawn[]> {
  const latents = drawLatents(latent, walk.count * walk.stops, seed)
  const frames: Drawn[] = []
  for (let frame = 0; frame < walk.stops * walk.frames; frame++)
    frames.push(await drawFrom(generator, frameOfWalk(latent, latents, walk, frame), walk.count))
  return frames
}

function gridOf(drawn: Drawn): Picture {
  return tileGrid({ ...drawn, scale: enlargement(drawn.sampleShape) })
}

/** Each path as a row. */
function rowsOf(frames: readonly Drawn[]): Picture {
  const { sampleShape, count } = frames[0]!
  const size = frames[0]!.samples.length / count
  const samples = new Float32Array(frames.length * count * size)
  for (const [frame, drawn] of frames.entries())
    for (let i = 0; i < count; i++)
      samples.set(drawn.samples.subarray(i * size, (i + 1) * size), (i * frames.length + frame) * size)
  return tileGrid({ samples, sampleShape, columns: frames.length, scale: enlargement(sampleShape) })
}
