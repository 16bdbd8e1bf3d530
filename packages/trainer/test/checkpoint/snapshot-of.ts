import type { Snapshot } from '../../src/index.ts'

/** A small snapshot of a step, with all kinds of names and numbers in it; `samplesSeen` tells those of one step apart. */
export function snapshotOf(step: number, samplesSeen: number = 64 * step): Snapshot {
  return {
    state: {
      version: 3,
      step,
      samplesSeen,
      positions: { real: { epoch: 2, batch: 7 } },
      updates: { generator: step, discriminator: 2 * step },
      rollbacks: 1,
      learningRateScale: 0.5,
    },
    arrays: new Map([
      ['generator/dense_1/kernel', { shape: [2, 1], data: Float32Array.of(step, -0) }],
      ['optimizer/generator/m/größe', { shape: [], data: Float32Array.of(Number.NaN) }],
    ]),
  }
}
