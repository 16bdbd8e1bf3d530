import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { evaluate } from '../../scripts/training/evaluate.ts'

test('a report is what its words say', () => {
  // Probabilities ¾ and ¼, three times right, once wrong.
  const logit = Math.log(3)
  const logits = tf.tensor2d([logit, 0, logit, 0, 0, logit, logit, 0], [4, 2])
  const report = evaluate(logits, Uint8Array.of(0, 0, 1, 1))
  expect(report.accuracy).toBe(0.75)
  expect(report.meanTopProbability).toBeCloseTo(0.75, 6)
  expect(report.crossEntropy).toBeCloseTo(-(3 * Math.log(0.75) + Math.log(0.25)) / 4, 6)
  expect(report.calibrationError).toBeCloseTo(0, 6)
  expect(report.confusions).toEqual([[1, 0, 1]])
})

test('being sure and wrong is no calibration', () => {
  const { calibrationError } = evaluate(tf.tensor2d([20, 0, 20, 0], [2, 2]), Uint8Array.of(0, 1))
  expect(calibrationError).toBeCloseTo(0.5, 6)
})
