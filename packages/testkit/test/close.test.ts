import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { expectClose, finiteDifference } from '../src/index.ts'

test('close numbers pass, others fail and are named', async () => {
  await expectClose([1, 2, 3], [1, 2 + 1e-7, 3])
  await expect(expectClose([1, 2, 3], [1, 2.1, 3])).rejects.toThrow('number 1 of 3 is 2, expected 2.1')
  await expect(expectClose([1, Number.NaN], [1, 2])).rejects.toThrow('number 1 of 2 is NaN')
  await expect(expectClose([1], [1, 2])).rejects.toThrow('how many numbers')
})

test('finite differences of a cube are three times the square', async () => {
  const at = tf.tensor1d([0.5, -1, 2])
  const slope = await finiteDifference(x => x.pow(3).sum() as tf.Scalar, at)
  await expectClose(slope, [0.75, 3, 12], 2e-3)
})
