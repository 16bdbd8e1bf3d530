import { formatNumber } from '@gankit/core'
import type { MetricValue } from '../run/events.ts'
import type { Check } from './check.ts'

/** How far from its best a metric has to be, as a factor, and for how many measurements in a row. */
const worseFactor = 1.5
const measurementsInARow = 3

/** A metric was better for a while: the generator gets worse, or makes fewer and fewer kinds of samples. */
export function qualityRegressed(): Check {
  const bests = new Map<string, { readonly value: number; readonly step: number }>()
  const worseFor = new Map<string, number>()

  const isWorse = (name: string, { value, better }: MetricValue, step: number): boolean => {
    const best = bests.get(name)
    if (!best || (better === 'less' ? value < best.value : value > best.value)) {
      if (Number.isFinite(value)) bests.set(name, { value, step })
      worseFor.delete(name)
      return false
    }
    const past = better === 'less' ? value > worseFactor * best.value : value * worseFactor < best.value
    const count = past ? (worseFor.get(name) ?? 0) + 1 : 0
    worseFor.set(name, count)
    return count >= measurementsInARow
  }

  return {
    metrics({ step, metrics }) {
      const worse = Object.entries(metrics).filter(([name, measured]) => isWorse(name, measured, step))
      const [first, ...others] = worse
      if (!first) return undefined
      const [name, { value, better }] = first
      const best = bests.get(name)!
      const also =
        others.length > 0
          ? `; so ${others.length === 1 ? 'is' : 'are'} ${others.map(([other]) => other).join(', ')}`
          : ''
      return {
        evidence: `${name} was ${formatNumber(best.value)} at step ${best.step} and is ${formatNumber(value)} now, ${measurementsInARow} measurements in a row more than ${worseFactor} times as bad${also}`,
        advice:
          better === 'more'
            ? 'take the generator of its best step; then a lower or falling learning rate, or a gradient penalty (r1), so that kinds of samples are not lost'
            : 'take the generator of its best step, or stop there; a lower or falling learning rate, a gradient penalty (r1), or more data',
      }
    },
  }
}
