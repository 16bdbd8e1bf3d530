import { checkInteger } from '@gankit/core'
import { figureColors } from './colors.ts'
import { figureDocument, textTag } from './svg.ts'

export interface StepBar {
  readonly step: number
  /** The last step of the training. */
  readonly steps: number
  /** Pixels, from 64. */
  readonly width: number
}

/** Pixels of a bar from its top to its bottom. */
const height = 30

/** A bar to stand below a picture of a training, as SVG: the number of the step, and a line that grows with it. */
export function stepBarSvg({ step, steps, width }: StepBar): string {
  checkInteger('visualization', 'step', step, 0)
  checkInteger('visualization', 'steps', steps, step)
  checkInteger('visualization', 'width', width, 64)
  const { line, discriminator, ink } = figureColors
  const done = steps > 0 ? (width * step) / steps : width
  return figureDocument(
    `Step ${step}`,
    [width, height],
    [
      `<rect width="${width}" height="3" fill="${line}"/>`,
      `<rect width="${done.toFixed(1)}" height="3" fill="${discriminator}"/>`,
      textTag(`step ${step.toLocaleString('en')}`, [10, 17], { size: 13, color: ink }),
    ],
  )
}
