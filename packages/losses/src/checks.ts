import { checkOption, GankitError } from '@gankit/core'
import type * as tf from '@tensorflow/tfjs'

/** @throws GankitError unless `got` is a number, also where it comes from JSON, for which `holds` is true */
export function checkNumber(option: string, got: unknown, holds: boolean, expected: string): void {
  checkOption('losses', option, got, typeof got === 'number' && holds, expected)
}

/** @throws GankitError unless `got` is a finite number from 0 */
export function checkFromZero(option: string, got: number): void {
  checkNumber(option, got, got >= 0 && Number.isFinite(got), 'a finite number from 0')
}

/** @throws GankitError where G's loss compares with real samples and got no logits on them */
export function needReal(objective: string, real: tf.Tensor | undefined): tf.Tensor {
  if (real) return real
  throw new GankitError(
    'losses',
    'data',
    `G's loss of ${objective} got no logits on real samples, expected them as its second argument`,
  )
}

/** @throws GankitError unless both tensors, such as real and fake samples or their logits, have the same shape */
export function needPairs(what: string, pair: Readonly<Record<string, tf.Tensor>>): void {
  const [a, b] = Object.values(pair) as [tf.Tensor, tf.Tensor]
  if (a.shape.length === b.shape.length && a.shape.every((side, i) => side === b.shape[i])) return
  const shapes = Object.entries(pair).map(([name, { shape }]) => `${name} [${shape}]`)
  throw new GankitError(
    'losses',
    'data',
    `${what} got ${shapes.join(' and ')}, expected the same shape: it compares them in pairs`,
  )
}
