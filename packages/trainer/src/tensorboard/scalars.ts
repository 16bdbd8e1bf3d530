import type { StepValues } from '../events.ts'
import type { SummaryValue } from './event.ts'

/** The figures of a step under their tags. NaN is left out: a player that did not move has no figure. */
export function scalarsOf(values: StepValues, imagesPerSecond: number): SummaryValue[] {
  const figures: Readonly<Record<string, number>> = {
    'loss/discriminator': values.lossD,
    'loss/generator': values.lossG,
    'd/real': values.dReal,
    'd/fake': values.dFake,
    'gradient/discriminator': values.gradientD,
    'gradient/generator': values.gradientG,
    'speed/images-per-second': imagesPerSecond,
  }
  return Object.entries(figures).flatMap(([tag, scalar]) => (Number.isNaN(scalar) ? [] : [{ tag, scalar }]))
}
