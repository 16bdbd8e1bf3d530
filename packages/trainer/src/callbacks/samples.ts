import { checkInteger, type Generator, lookUp } from '@gankit/core'
import { drawSamples, type GivenInputs, type Samples } from '@gankit/inference'
import type { Callback } from '../run/events.ts'
import { type Training, withAverages } from '../training.ts'

export interface SamplesOptions {
  /** Steps between two grids, a whole number from 1. */
  readonly every: number
  /** How many samples, a whole number from 1. Default 64. */
  readonly count?: number
  /** Seed of the latents, which are the same each time. Default 0. */
  readonly seed?: number
  /** Which of the game's generators. Default: the first one. */
  readonly generator?: string
  /** Inputs of `count` samples that can't be drawn: images to translate, captions. Default: none. */
  readonly given?: GivenInputs
  /** Takes what was drawn. */
  readonly show: (samples: Samples, step: number) => void | Promise<void>
}

/**
 * Draws samples from the same inputs again and again, so that one sees the generator change: at the start, every so
 * many steps, and at the end. Where the trainer keeps a moving average of the generator, the average draws.
 * @throws GankitError for an option out of range; in a run, for inputs that the generator doesn't have, or lacks
 */
export function samples({ every, count = 64, seed = 0, generator, given, show }: SamplesOptions): Callback {
  checkInteger('trainer', 'every', every, 1)
  checkInteger('trainer', 'count', count, 1)
  let last = -1
  return async ({ type, step }, { trainer }) => {
    const due = type === 'step' ? step % every === 0 : type === 'end' ? step !== last : type === 'start'
    if (!due) return
    const drawing = findGenerator(trainer, generator)
    last = step
    await show(await withAverages(trainer, () => drawSamples(drawing, count, seed, given)), step)
  }
}

/** A generator of a game by its name, or the first one. @throws GankitError that names those there are */
export function findGenerator({ game }: Training, name?: string): Generator {
  const { generators } = game
  return lookUp('trainer', 'generator', name ?? Object.keys(generators)[0] ?? 'none', generators)
}
