import { checkWhole } from '../check-whole.ts'
import { type Drawn, drawSamples } from '../draw.ts'
import type { Callback } from '../events.ts'

export interface SamplesOptions {
  /** Steps between two grids, a whole number from 1. */
  readonly every: number
  /** How many samples, a whole number from 1. Default 64. */
  readonly count?: number
  /** Seed of the latents, which are the same each time. Default 0. */
  readonly seed?: number
  /** Gets what was drawn. */
  readonly show: (drawn: Drawn, step: number) => void | Promise<void>
}

/**
 * Draws the same latents again and again, so that one sees the generator change: at the start, every so many steps,
 * and at the end. Where the trainer keeps a moving average of G, that draws.
 * @throws GankitError for an option out of range
 */
export function samples({ every, count = 64, seed = 0, show }: SamplesOptions): Callback {
  checkWhole('every', every, 1)
  checkWhole('count', count, 1)
  let last = -1
  return async ({ type, step }, { trainer }) => {
    const due = type === 'step' ? step % every === 0 : type === 'end' ? step !== last : type === 'start'
    if (!due) return
    const { generator, latent } = trainer.gan
    const draw = () => drawSamples(generator, latent, count, seed)
    last = step
    await show(await (trainer.average ? trainer.average.during(draw) : draw()), step)
  }
}
