import { GankitError } from '@gankit/core'
import { writeFileAtomic } from '@gankit/core/node'
import { drawWalk } from '@gankit/inference'
import { encodeGif, encodePng } from '@gankit/visualization'
import { readEnding } from '../terminal/flags.ts'
import { checkImages } from '../terminal/pictures.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { checkDrawn } from './drawn-inputs.ts'
import { openSource, type SourceOptions } from './find.ts'
import { drawFrames, drawRows } from './frames.ts'

/** What was typed behind `gankit walk`. */
export interface WalkFlags extends SourceOptions {
  readonly count: number
  readonly stops: number
  readonly frames: number
  readonly seed: number
  /** Milliseconds. */
  readonly delay: number
  readonly out: string
}

/** Frames of an animation at most, and samples in a row of a picture. */
const maxFrames: Readonly<Record<string, number>> = { '.gif': 1000, '.png': 100 }

/** Draws samples along closed paths, and writes them as an animation or a picture. @throws GankitError for bad input */
export async function writeWalk(
  name: string,
  { out, seed, delay, best = false, generator: wanted, ...walk }: WalkFlags,
  terminal: Terminal,
): Promise<void> {
  const ending = readEnding(out)
  const length = walk.stops * walk.frames
  if (length > maxFrames[ending]!)
    throw new GankitError(
      'cli',
      'option',
      `--stops ${walk.stops} times --frames ${walk.frames} is ${length}, expected at most ${maxFrames[ending]} for a ${ending}`,
    )
  const opened = await openSource(name, {
    best,
    ...(wanted !== undefined && { generator: wanted }),
  })
  checkDrawn(opened, 'a walk')
  const { source, generator } = opened
  checkImages(source, generator.sampleShape, 'a walk')
  const frames = await drawWalk(generator, walk, seed)
  generator.dispose()
  await writeFileAtomic(
    out,
    ending === '.gif' ? encodeGif(drawFrames(frames), { delay }) : encodePng(drawRows(frames)),
  )
  const paths = `${walk.count} path${walk.count === 1 ? '' : 's'} through ${walk.stops} samples`
  terminal.out.write(`${paths} of ${source}, ${length} pictures, seed ${seed}: ${out}\n`)
}
