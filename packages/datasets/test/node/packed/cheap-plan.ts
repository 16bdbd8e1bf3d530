import { setTimeout as wait } from 'node:timers/promises'
import type { Item, PackPlan } from '../../../src/node/packed/plan.ts'

/** Bytes of a sample by its number, 3 · 5 · 7 of them or as many as asked for. */
export function bytesOf(i: number, length = 105): Uint8Array {
  return Uint8Array.from({ length }, (_, j) => (i * 31 + j * 7 + (i >> 8)) & 255)
}

/** A plan whose samples cost next to nothing: every fiftieth is skipped, labels go round, two attributes. */
export function cheapPlan(changes: Partial<PackPlan> & { readonly delay?: number } = {}): PackPlan {
  const { delay = 0, ...rest } = changes
  const itemOf = (i: number): Item =>
    i % 50 === 49
      ? { skipped: { name: `${i}.png`, why: 'is bad' } }
      : { bytes: bytesOf(i), label: i % 3, attributes: Uint8Array.of(i % 2, i % 4) }
  return {
    name: 'cheap',
    identity: { kind: 'cheap' },
    sources: 'these',
    sampleShape: [5, 7, 3],
    count: 2000,
    classes: ['a', 'b', 'c'],
    attributes: [
      { name: 'odd', values: ['no', 'yes'] },
      { name: 'quarter', values: ['0', '1', '2', '3'] },
    ],
    async make(from, to) {
      if (delay) await wait(delay)
      return Array.from({ length: to - from }, (_, i) => itemOf(from + i))
    },
    ...rest,
  }
}

/** A plan that must not be made: its cache is there. */
export function onlyOpened(plan: PackPlan = cheapPlan()): PackPlan {
  return {
    ...plan,
    make() {
      throw new Error('the cache was made again')
    },
  }
}
