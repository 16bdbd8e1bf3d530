import { GankitError } from '@gankit/core'
import { writeFileAtomic } from '@gankit/core/node'
import type { Run } from '@gankit/experiment/node'
import {
  decodePng,
  encodeApng,
  encodeGif,
  type Picture,
  shrinkPicture,
  stepBarSvg,
} from '@gankit/visualization'
import { renderSvg } from '@gankit/visualization/node'
import { readEnding } from '../terminal/flags.ts'
import { formatPlural } from '../terminal/format.ts'
import { readGrids } from './grids.ts'

/** Options of an animation. */
export interface AnimationFlags {
  /** Frames a second. Default 6. */
  readonly fps?: number
  /** The most that it is wide, in pixels. Default 720. */
  readonly width?: number
}

/** Frames of an animation at most, and pixels of all of them: they are held at once while it is written. */
const limits = { frames: 300, pixels: 2 ** 27 }
/** Milliseconds that the last frame stays at least: it is what one wants to see. */
const lastDelay = 2000

/**
 * Writes the samples of a run as an animation: a frame for each step that has a picture, with its number below.
 * @param out a .gif, or a .png for an animated PNG
 * @returns what was written, in words
 * @throws GankitError for a run without pictures, and a file that can't be written
 */
export async function writeAnimation(
  { path, step: steps, samples }: Run,
  out: string,
  { fps = 6, width: maxWidth = 720 }: AnimationFlags = {},
): Promise<string> {
  const [last] = await readGrids(path, samples.slice(-1))
  if (!last)
    throw new GankitError(
      'cli',
      'data',
      `${path} has no picture of samples that can be read, expected some for --animation: leave it out`,
    )
  const shape = decodePng(last.png)
  const width = Math.min(shape.width, maxWidth)
  const height = Math.max(1, Math.round((shape.height * width) / shape.width))
  const count = Math.min(limits.frames, Math.floor(limits.pixels / (width * height)))
  const grids = await readGrids(path, samples, { grids: Math.max(2, count), bytes: Number.POSITIVE_INFINITY })
  const frames: Picture[] = []
  for (const { step, png } of grids) {
    const picture = decodePng(png)
    // A frame of another shape, as of a run that was changed by hand, has no place in the animation.
    if (
      String([picture.width, picture.height, picture.channels]) !==
      String([shape.width, shape.height, shape.channels])
    )
      continue
    const bar = await renderSvg(
      stepBarSvg({ step, steps: Math.max(step, steps), width: Math.max(64, width) }),
    )
    frames.push(stack(shrinkPicture(picture, width, height), bar))
  }
  const tick = 10 * Math.max(2, Math.round(100 / fps))
  const delay = frames.map((_, i) => (i === frames.length - 1 ? Math.max(tick, lastDelay) : tick))
  await writeFileAtomic(out, (readEnding(out) === '.gif' ? encodeGif : encodeApng)(frames, { delay }))
  const left = frames.length < samples.length ? ` of ${samples.length}` : ''
  return `${out}, ${formatPlural(frames.length, 'frame')}${left}`
}

/** A picture, and below it a bar in color, which becomes gray where the picture is. The narrower one stands on white. */
function stack(picture: Picture, bar: Picture): Picture {
  const { channels } = picture
  const width = Math.max(picture.width, bar.width)
  const height = picture.height + bar.height
  const data = new Uint8Array(width * height * channels).fill(255)
  const left = Math.floor((width - picture.width) / 2)
  for (let y = 0; y < picture.height; y++)
    data.set(
      picture.data.subarray(y * picture.width * channels, (y + 1) * picture.width * channels),
      (y * width + left) * channels,
    )
  for (let i = 0; i < bar.width * bar.height; i++) {
    const to = ((picture.height + Math.floor(i / bar.width)) * width + (i % bar.width)) * channels
    const [red, green, blue] = bar.data.subarray(3 * i, 3 * i + 3) as unknown as [number, number, number]
    if (channels === 3) data.set([red, green, blue], to)
    // Rec. ITU-R BT.601-7, 2.5.1.
    else data[to] = Math.round(0.299 * red + 0.587 * green + 0.114 * blue)
  }
  return { width, height, channels, data }
}
