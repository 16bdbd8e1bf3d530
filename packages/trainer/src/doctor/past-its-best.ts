import { formatNumber as figure } from '@gankit/core'
import type { FiguresEvent, MeasuredFigure } from '../events.ts'
import type { Symptom } from './symptom.ts'

/** How far from its best a figure has to be, as a factor, and for how many measurements in a row. */
const far = 1.5
const inARow = 3

/** A figure of quality that was better for a while: the generator gets worse, or draws fewer and fewer kinds. */
export class PastItsBest {
  private readonly bests = new Map<string, { readonly value: number; readonly step: number }>()
  private readonly since = new Map<string, number>()

  /** Takes a measurement in, and says what it shows. */
  at({ step, figures }: Pick<FiguresEvent, 'step' | 'figures'>): Symptom | undefined {
    const worse = Object.entries(figures).filter(([name, measured]) => this.isWorse(name, measured, step))
    const [first] = worse
    if (!first) return undefined
    const [name, { value, better }] = first
    const best = this.bests.get(name)!
    return {
      evidence: `${name} was ${figure(best.value)} at step ${best.step} and is ${figure(value)} now, ${inARow} measurements in a row more than ${far} times as bad${
        worse.length > 1
          ? `; so ${worse.length === 2 ? 'is' : 'are'} ${worse
              .slice(1)
              .map(([other]) => other)
              .join(', ')}`
          : ''
      }`,
      advice:
        better === 'more'
          ? 'take the generator of its best step; then a lower or falling learning rate, or a gradient penalty (r1), so that kinds of samples are not lost'
          : 'take the generator of its best step, or stop there; a lower or falling learning rate, a gradient penalty (r1), or more data',
    }
  }

  private isWorse(name: string, { value, better }: MeasuredFigure, step: number): boolean {
    const best = this.bests.get(name)
    if (!best || (better === 'less' ? value < best.value : value > best.value)) {
      if (Number.isFinite(value)) this.bests.set(name, { value, step })
      this.since.delete(name)
      return false
    }
    const past = better === 'less' ? value > far * best.value : value * far < best.value
    const count = past ? (this.since.get(name) ?? 0) + 1 : 0
    this.since.set(name, count)
    return count >= inARow
  }
}
